import { AuthService } from '@palmares/server/auth/auth.service';
import { PeopleService } from '@palmares/server/people/people.service';
import { memberInputSchema, type Role } from '@palmares/shared/people/member';
import type { IssuedInvitation, SessionView } from '@palmares/shared/auth/session';
import { organisationInputSchema } from '@palmares/shared/people/organisation';
import type { Scope } from '@palmares/shared/auth/scope';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Client } from './client.js';

export interface Receipt {
  recorded: number;
  revised: number;
  unchanged: number;
  refused: { index: number; pointer: string; code: string; detail: string }[];
}

/** Of everybody who signs in, unless said otherwise. */
export const PASSWORD = 'correct horse battery staple';

const HR = 'Independent HR';

let sales = 0;
let entered = 0;

/** A sale won by the member of that external id, with an identity of its own. */
export function sale(member: string, amount: number | string, more: object = {}) {
  const externalId = `sale-${(sales += 1)}`;
  const occurredAt = '2026-03-10';
  const type = 'deal.won';
  return {
    source: 'test',
    externalId,
    type,
    member: { externalId: member },
    occurredAt,
    amount,
    ...more,
  };
}

/** One unit of score for each unit of revenue. */
export const plainRule = { type: 'per-unit', kpi: 'revenue', score: '1', per: '1' };
export const ownKpi = {
  code: 'own',
  measures: { calls: { aggregation: 'count', types: ['call.made'] } },
  formula: 'calls',
  card: { fr: { name: 'Appels' } },
};
export const march = { name: 'Sprint', from: '2026-03-01', to: '2026-04-01', rules: [plainRule] };

/** Accepts an invitation with a password. */
export const redeem = (visitor: Client, token: string, password: string) =>
  visitor.post<SessionView>('/api/invitations', { token, password });

/** An organisation with its admin's key, ready to be driven from outside. */
export class TestOrganisation {
  private signer: Promise<Client> | undefined;

  private constructor(
    readonly app: NestFastifyApplication,
    readonly id: string,
    readonly admin: Client,
    /** Member ids by external id, which is the name. */
    readonly members: Record<string, string>,
  ) {}

  static async create(
    app: NestFastifyApplication,
    url: string,
    names: readonly string[],
    more: object = {},
  ): Promise<TestOrganisation> {
    const input = organisationInputSchema.parse({ name: 'Maison', ...more });
    const { id } = await app.get(PeopleService).createOrganisation(input);
    const { key } = await app.get(AuthService).createKey(id, ['admin']);
    const organisation = new TestOrganisation(app, id, new Client(url, key), {});
    for (const name of names) await organisation.member(name);
    return organisation;
  }

  async member(name: string, more: object = {}): Promise<string> {
    const input = memberInputSchema.parse({ externalId: name, name, ...more });
    return (this.members[name] = await this.app.get(PeopleService).createMember(this.id, input));
  }

  /** A team with its members, who are in it from always, and its managers. */
  async team(name: string, members: readonly string[] = [], more: object = {}): Promise<string> {
    const { status, body } = await this.admin.post<{ id: string }>('/api/teams', { name, ...more });
    if (status !== 201) throw new Error(`team: ${status} ${JSON.stringify(body)}`);
    for (const member of members) await this.move(member, [{ teamId: body.id }]);
    return body.id;
  }

  /** Says in which teams a member is, and when: `[{ teamId, from, to }]`. */
  async move(member: string, teams: readonly object[]): Promise<void> {
    const path = `/api/members/${this.members[member]}`;
    const { status, body } = await this.admin.patch(path, { teams });
    if (status !== 200) throw new Error(`move: ${status} ${JSON.stringify(body)}`);
  }

  async key(...scopes: Scope[]): Promise<string> {
    return (await this.app.get(AuthService).createKey(this.id, scopes)).key;
  }

  /**
   * The browser of a member who has accepted an invitation, in this organisation: a new member of
   * this role, or of those given, under an e-mail of their own or the one given.
   */
  async signIn(role: Role, more: { name?: string; email?: string } = {}): Promise<Client> {
    const name = more.name ?? `${role} ${(entered += 1)}`;
    const email = more.email ?? `${name.replaceAll(/[^a-z0-9]+/gi, '-')}@${this.id}.example`;
    const id = await this.member(name, { email, roles: [role] });
    return this.enter(id);
  }

  /** The browser of a member, who accepts an invitation. */
  async enter(memberId: string, password = PASSWORD): Promise<Client> {
    const invited = await this.admin.post<IssuedInvitation>(`/api/members/${memberId}/invitation`);
    if (invited.status !== 201) throw new Error(`invitation: ${JSON.stringify(invited.body)}`);
    const visitor = new Client(this.admin.url);
    return visitor.signedIn(await redeem(visitor, invited.body.token, password));
  }

  /** Posts activities and answers the receipt. */
  async record(...activities: object[]): Promise<Receipt> {
    const { status, body } = await this.admin.post<Receipt>('/api/activities', { activities });
    if (status !== 200) throw new Error(`activities: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  /** HR who gains nothing by any challenge, made when first asked for. */
  hr(): Promise<Client> {
    return (this.signer ??= this.signIn('hr', { name: HR }));
  }

  /** Signs as HR that a challenge ends as it stands. */
  async certify(challengeId: string) {
    const path = `/api/challenges/${challengeId}/certify`;
    const sign = async () => (await this.hr()).post<{ certified?: boolean; code?: string }>(path);
    const signed = await sign();
    if (signed.status !== 401) return signed;
    // The clock has travelled further than a session lasts.
    this.signer = this.enter(this.members[HR] ?? '');
    return sign();
  }

  /** What pays needs somebody who could sign: there is HR, as soon as something pays. */
  async draft(more: object = {}): Promise<string> {
    const { payout = [] } = more as { payout?: readonly object[] };
    if (payout.length > 0) await this.hr();
    const { status, body } = await this.admin.post<{ id: string }>('/api/challenges', {
      ...march,
      ...more,
    });
    if (status !== 201) throw new Error(`challenge: ${status} ${JSON.stringify(body)}`);
    return body.id;
  }

  /** A launched challenge of March, for everyone unless said otherwise. */
  async challenge(more: object = {}): Promise<string> {
    const id = await this.draft(more);
    const { status, body } = await this.admin.post(`/api/challenges/${id}/launch`);
    if (status !== 200) throw new Error(`launch: ${status} ${JSON.stringify(body)}`);
    return id;
  }

  async boardLink(challengeId: string): Promise<{ id: string; token: string; path: string }> {
    const path = `/api/challenges/${challengeId}/board-links`;
    return (await this.admin.post<{ id: string; token: string; path: string }>(path)).body;
  }
}
