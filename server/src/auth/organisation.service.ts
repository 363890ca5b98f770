import { Injectable } from '@nestjs/common';
import type {
  IssuedInvitation,
  NewOrganisation,
  OrganisationView,
} from '@palmares/shared/auth/session';
import { AuditService } from '../audit/audit.service.js';
import { ProblemError } from '../http/problem-error.js';
import { PeopleService } from '../people/people.service.js';
import { Database } from '../platform/database.js';
import { InvitationService } from './invitation.service.js';
import * as store from './organisation.store.js';

export type FirstAdmin = NonNullable<NewOrganisation['admin']>;

const viewOf = (row: store.OrganisationRow): OrganisationView => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
});

/** Organisations from outside, as their operator sees them. */
@Injectable()
export class OrganisationService {
  constructor(
    private readonly database: Database,
    private readonly people: PeopleService,
    private readonly invitations: InvitationService,
    private readonly audit: AuditService,
  ) {}

  async list(limit: number, cursor?: string) {
    const rows = await this.database.read((tx) =>
      store.listOrganisations(tx, limit + 1, cursor ?? null),
    );
    const items = rows.slice(0, limit).map(viewOf);
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** With the link of its first admin where one is named. */
  async create({ admin, ...input }: NewOrganisation, origin: string) {
    const { id } = await this.people.createOrganisation(input);
    const invitation = admin ? await this.inviteFirst(id, admin, origin) : null;
    return { ...(await this.view(id)), invitation };
  }

  /** Problems: `not-found`. */
  async rename(id: string, name: string): Promise<OrganisationView> {
    await this.database.transaction(async (tx) => {
      await store.rename(tx, id, name);
      const what = { action: 'organisation.change', subject: `organisation:${id}` } as const;
      await this.audit.write(tx, { organisationId: id, ...what, after: { name } });
    });
    return this.view(id);
  }

  /**
   * The link of the first admin, or another one while no admin has entered: from then on the
   * organisation is theirs. Problems: `not-found`, `has-an-admin`.
   */
  async inviteFirst(id: string, admin: FirstAdmin, origin: string): Promise<IssuedInvitation> {
    await this.view(id);
    if (await this.database.read((tx) => store.hasAdmin(tx, id))) {
      throw new ProblemError('has-an-admin');
    }
    const member = { ...admin, roles: ['admin' as const], kind: 'employee' as const };
    const saved = await this.people.saveMembers(id, [member]);
    const [memberId] = [...saved.created, ...saved.updated, ...saved.unchanged];
    if (memberId === undefined) throw new ProblemError('invalid', saved.refused[0]?.detail);
    return this.invitations.issue(id, memberId, origin);
  }

  /** Problems: `not-found`. */
  private async view(id: string): Promise<OrganisationView> {
    const row = await this.database.read((tx) => store.findOrganisation(tx, id));
    if (!row) throw new ProblemError('not-found');
    return viewOf(row);
  }
}
