import type { MemberInput } from '@palmares/shared/people/member';
import { ProblemError } from '../http/problem-error.js';
import type { MemberRow } from './people.store.js';

/** Finds out which member an input means, while members are added. */
export class Roster {
  private readonly byEmail = new Map<string, MemberRow>();
  private readonly byExternalId = new Map<string, MemberRow>();

  constructor(members: readonly MemberRow[]) {
    for (const member of members) this.add(member);
  }

  add(member: MemberRow): void {
    if (member.email) this.byEmail.set(member.email, member);
    if (member.externalId) this.byExternalId.set(member.externalId, member);
  }

  /** Problems: `email-taken`, `external-id-taken`. */
  refuseTaken(input: MemberInput): void {
    if (input.email && this.byEmail.has(input.email)) {
      throw new ProblemError('email-taken', input.email);
    }
    if (input.externalId && this.byExternalId.has(input.externalId)) {
      throw new ProblemError('external-id-taken', input.externalId);
    }
  }

  /** Problems: `email-taken` when the two names belong to two different members. */
  match(input: MemberInput): MemberRow | undefined {
    const byId = input.externalId ? this.byExternalId.get(input.externalId) : undefined;
    const byEmail = input.email ? this.byEmail.get(input.email) : undefined;
    if (byId && byEmail && byId.id !== byEmail.id) {
      throw new ProblemError('email-taken', `${input.email} belongs to another member`);
    }
    return byId ?? byEmail;
  }

  /** True when the input says nothing new of the member. */
  says(known: MemberRow, input: MemberInput): boolean {
    return (
      known.name === input.name &&
      known.kind === input.kind &&
      (input.email ?? known.email) === known.email &&
      (input.externalId ?? known.externalId) === known.externalId &&
      known.roles.join() === input.roles.join()
    );
  }
}
