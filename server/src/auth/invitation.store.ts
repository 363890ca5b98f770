import type { InvitationKind } from '@palmares/shared/auth/session';
import type { Locale } from '@palmares/shared/people/organisation';
import type { Tx } from '../platform/database.js';

export interface InvitationRow {
  organisationId: string;
  memberId: string;
  email: string;
  tokenHash: Buffer;
  kind: InvitationKind;
  expiresAt: Date;
  /** Who made the link, and could have used it. */
  issuedBy: string;
}

/** The one before it opens nothing any more. */
export async function saveInvitation(tx: Tx, invitation: InvitationRow): Promise<void> {
  const { organisationId, memberId, email, tokenHash, kind, expiresAt, issuedBy } = invitation;
  await tx.rows(
    `insert into invitation
       (organisation_id, member_id, token_hash, kind, expires_at, email, issued_by)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (organisation_id, member_id) do update
       set token_hash = excluded.token_hash, kind = excluded.kind, expires_at = excluded.expires_at,
         email = excluded.email, issued_by = excluded.issued_by`,
    [organisationId, memberId, tokenHash, kind, expiresAt, email, issuedBy],
  );
}

export interface SeenInvitation {
  organisationId: string;
  memberId: string;
  kind: InvitationKind;
  email: string;
  name: string;
  memberName: string;
  locale: Locale;
  hasPassword: boolean;
}

/** What a link that is still good opens. */
export async function findInvitation(
  tx: Tx,
  tokenHash: Buffer,
  now: Date,
): Promise<SeenInvitation | undefined> {
  return tx.one<SeenInvitation>(
    `select i.organisation_id as "organisationId", i.member_id as "memberId", i.kind, m.email, m.name as "memberName",
       o.name, o.locale,
       coalesce(p.password_hash is not null and i.kind = 'invitation', false) as "hasPassword"
     from invitation i
     join member m on m.organisation_id = i.organisation_id and m.id = i.member_id
       and m.email = i.email
     join organisation o on o.id = i.organisation_id
     left join person p on p.email = m.email
     where i.token_hash = $1 and i.expires_at > $2`,
    [tokenHash, now],
  );
}

/** The links of members whose e-mail is not the one that they were made for any more. */
export async function dropMisaddressed(
  tx: Tx,
  organisationId: string,
  memberIds: readonly string[],
): Promise<void> {
  await tx.rows(
    `delete from invitation i using member m
     where i.organisation_id = $1 and i.member_id = any($2)
       and m.organisation_id = $1 and m.id = i.member_id and m.email is distinct from i.email`,
    [organisationId, memberIds],
  );
}

/** Uses the link up: of two who come together, one gets it; none under another e-mail. */
export async function takeInvitation(
  tx: Tx,
  { tokenHash, email }: Pick<InvitationRow, 'tokenHash' | 'email'>,
  now: Date,
): Promise<{ kind: InvitationKind; issuedBy: string | null } | undefined> {
  return tx.one<{ kind: InvitationKind; issuedBy: string | null }>(
    `delete from invitation where token_hash = $1 and email = $3 and expires_at > $2
     returning kind, issued_by as "issuedBy"`,
    [tokenHash, now, email],
  );
}
