import type { MemberState } from '@palmares/shared/people/people-index';
import type { Day } from '@palmares/shared/time/day';
import type { Tx } from '../platform/database.js';

export interface MemberSummaryRow extends MemberState {
  team: { id: string; name: string } | null;
  hasAccess: boolean;
}

export interface MemberFilter {
  id?: string | undefined;
  /** A part of the name, the e-mail or the external id. */
  search?: string | undefined;
  /** In one of these today. */
  teamIds?: readonly string[] | undefined;
  role?: string | undefined;
  status?: 'active' | 'left' | undefined;
  /** The id of the last member before the page. */
  cursor?: string | undefined;
  limit: number;
}

/** SQL: a text without capitals and accents. */
export const plain = (text: string) =>
  `lower(regexp_replace(normalize(${text}, NFD), '[\\u0300-\\u036f]', '', 'g'))`;

/** Members by name, as they are on a day. */
export async function summaries(
  tx: Tx,
  organisationId: string,
  today: Day,
  { id, search, teamIds, role, status, cursor, limit }: MemberFilter,
): Promise<MemberSummaryRow[]> {
  return tx.rows<MemberSummaryRow>(
    `select member.id, member.external_id as "externalId", email, member.name, roles, kind,
       entered_on as "enteredOn", left_on as "leftOn", person_id is not null as "hasAccess",
       case when team.id is not null
         then json_build_object('id', team.id, 'name', team.name) end as team
     from member
     left join team_member on team_member.organisation_id = $1 and member_id = member.id
       and from_day <= $2 and (to_day > $2 or to_day is null)
     left join team on team.organisation_id = $1 and team.id = team_member.team_id
     where member.organisation_id = $1 and ($3::uuid is null or member.id = $3)
       and ($4::text is null or strpos(${plain('member.name')}, ${plain('$4')}) > 0
         or strpos(email, lower($4)) > 0 or strpos(lower(member.external_id), lower($4)) > 0)
       and ($5::uuid[] is null or team.id = any($5))
       and ($6::text is null or $6 = any(roles))
       and ($7::text is null or ($7 = 'left') = (left_on is not null and left_on <= $2))
       and ($8::uuid is null or (member.name collate "und-x-icu", member.id) > (
         select after.name, after.id
         from member as after where after.organisation_id = $1 and after.id = $8))
     order by member.name collate "und-x-icu", member.id limit $9`,
    [
      organisationId,
      today,
      id ?? null,
      search ?? null,
      teamIds ?? null,
      role ?? null,
      status ?? null,
      cursor ?? null,
      limit,
    ],
    'member.summaries',
  );
}
