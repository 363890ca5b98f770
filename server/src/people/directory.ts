import type { MemberReference } from '@palmares/shared/activity/input';
import type { MemberState } from '@palmares/shared/people/people-index';

/** The members of an organisation by each of their names, as of one `peopleSeq`. */
export class Directory {
  readonly byId = new Map<string, MemberState>();
  private readonly byEmail = new Map<string, string>();
  private readonly byExternalId = new Map<string, string>();

  constructor(
    readonly peopleSeq: number,
    members: readonly MemberState[],
  ) {
    for (const member of members) {
      this.byId.set(member.id, member);
      if (member.email) this.byEmail.set(member.email, member.id);
      if (member.externalId) this.byExternalId.set(member.externalId, member.id);
    }
  }

  find(reference: MemberReference): string | undefined {
    if ('id' in reference) return this.byId.get(reference.id.toLowerCase())?.id;
    if ('email' in reference) return this.byEmail.get(reference.email.toLowerCase());
    return this.byExternalId.get(reference.externalId);
  }
}
