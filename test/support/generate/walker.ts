import type { SessionView } from '@palmares/shared/auth/session';
import { CertificationService } from '@palmares/server/challenge/certification.service';
import { activityIdOf } from '@palmares/shared/activity/activity-id';
import { randomUUID } from 'node:crypto';
import { Client } from '../client.js';
import { bring, ended } from '../import.js';
import { PASSWORD, plainRule, redeem, sale, type TestOrganisation } from '../organisation.js';
import { NOON, type TestServer } from '../server.js';
import type { Given, Hand, Step, Whom } from './walk.js';

const DAY_MS = 86_400_000;

/** Lines of the payout by the name that a step gives them. */
const lineOf = (pays: string, points: number): object => {
  if (pays === 'rank') return { kind: 'rank', points: [points] };
  if (pays === 'prize') return { kind: 'prize', place: 1, prize: 'Un voyage' };
  return { kind: 'threshold', score: '1', points, when: pays === 'live' ? 'live' : undefined };
};

/** One thief in a fresh organisation, who carries out steps; refusals are answers like others. */
export class Walker {
  /** Member ids. */
  readonly ids = {} as Record<Whom, string>;
  readonly hands: Partial<Record<Hand, Client>> = {};
  readonly challenges: string[] = [];
  /** Activities by whose they are. */
  readonly activities: Partial<Record<Whom, string>> = {};
  /** What each step was answered, for a counterexample. */
  readonly trace: string[] = [];
  honestHr!: Client;
  private teamId = '';
  private now = NOON.getTime();
  private n = 0;

  private constructor(
    readonly server: TestServer,
    readonly house: TestOrganisation,
    private readonly foreign: readonly string[],
  ) {}

  /** The thief has these roles beside `rep`. */
  static async begin(
    server: TestServer,
    roles: readonly Given[],
    foreign: readonly string[],
  ): Promise<Walker> {
    server.clock.travelTo(NOON);
    const house = await server.organisation(['rival']);
    const walker = new Walker(server, house, foreign);
    walker.honestHr = await house.signIn('hr', { name: 'honest hr' });
    await house.signIn('admin', { name: 'honest admin' });
    walker.hands.self = await house.signIn('rep', { name: 'thief' });
    const { members } = house;
    const [self = '', rival = '', hr = '', admin = ''] = [
      members['thief'],
      members['rival'],
      members['honest hr'],
      members['honest admin'],
    ];
    Object.assign(walker.ids, { self, rival, hr, admin, puppet: randomUUID() });
    await house.admin.patch(`/api/members/${self}`, { roles: ['rep', ...roles] });
    const managers = roles.includes('manager') ? [{ memberId: self }] : [];
    walker.teamId = await house.team('Nord', ['thief', 'rival'], { managers });
    for (const whom of ['self', 'rival'] as const) {
      for (const day of [-8, -2, -1]) await walker.sell(house.admin, whom, 100, day);
    }
    return walker;
  }

  async walk(steps: readonly Step[]): Promise<void> {
    for (const step of steps) await this.step(step);
  }

  async step(step: Step): Promise<void> {
    const client = this.hands[step.by] ?? this.hands.self;
    if (!client) return;
    const status = await this.take(step, client);
    this.trace.push(`${JSON.stringify(step)} → ${status}`);
  }

  /** The honest HR person signs all that waits. */
  async sign(): Promise<void> {
    for (const id of this.challenges) {
      await this.honestHr.post(`/api/challenges/${id}/countersign`);
      await this.honestHr.post(`/api/challenges/${id}/certify`);
    }
  }

  /** Time passes, and what the server does by itself is done. */
  async pass(days: number): Promise<void> {
    this.server.clock.travelTo(new Date((this.now += days * DAY_MS)));
    // The thief sells like anybody else: that is no crime.
    await this.sell(this.house.admin, 'self', 200, -1);
    await this.server.app.get(CertificationService).certifyOverdue();
  }

  private challenge(nth: number): string {
    return this.challenges.at(-1 - (nth % Math.max(1, this.challenges.length))) ?? randomUUID();
  }

  private day(offset: number): string {
    return new Date(this.now + offset * DAY_MS).toISOString().slice(0, 10);
  }

  private async take(step: Step, client: Client): Promise<number | string> {
    switch (step.do) {
      case 'draft':
        return this.draft(step, client);
      case 'launch':
      case 'certify':
      case 'countersign':
        return this.post(client, `/api/challenges/${this.challenge(step.nth)}/${step.do}`);
      case 'cancel':
        return this.post(client, `/api/challenges/${this.challenge(step.nth)}/cancel`, {
          reason: 'x',
        });
      case 'duplicate':
        return this.make(client, `/api/challenges/${this.challenge(step.nth)}/duplicate`);
      case 'amend':
        return this.amend(step, client);
      case 'sell':
        return this.sell(client, step.whom, step.amount);
      case 'judge':
        return this.post(client, `/api/activities/${this.activities[step.whom]}/verdict`, {
          verdict: step.verdict,
        });
      case 'adjust':
        return this.adjust(step, client);
      case 'ceilings':
        return this.ceilings(step.points, client);
      case 'target':
        return this.target(step, client);
      case 'days':
        await this.pass(step.days);
        return 'passed';
      case 'abroad':
        return this.abroad(step.what, client);
      case 'hire':
      case 'enter':
      case 'invite':
      case 'rename':
      case 'promote':
      case 'lead':
      case 'make-key':
      case 'bring':
        return this.people(step, client);
    }
  }

  private async people(
    step: Extract<
      Step,
      { do: 'hire' | 'enter' | 'invite' | 'rename' | 'promote' | 'lead' | 'make-key' | 'bring' }
    >,
    client: Client,
  ): Promise<number | string> {
    switch (step.do) {
      case 'hire':
        return this.hire(step.role, client);
      case 'invite':
        return this.post(client, `/api/members/${this.ids[step.whom]}/invitation`);
      case 'enter':
        return this.enter(step.whom, client);
      case 'rename':
        return this.patch(client, `/api/members/${this.ids[step.whom]}`, {
          email: `${step.email}-${(this.n += 1)}@${this.house.id}.example`,
        });
      case 'promote':
        return this.patch(client, `/api/members/${this.ids[step.whom]}`, {
          roles: [...new Set(['rep', step.role])],
        });
      case 'lead':
        return this.patch(client, `/api/teams/${this.teamId}`, {
          managers: [{ memberId: this.ids[step.whom] }],
        });
      case 'make-key':
        return this.makeKey(step.scope, client);
      case 'bring':
        return this.bring(step, client);
    }
  }

  private async draft(step: Extract<Step, { do: 'draft' }>, client: Client) {
    const { self, rival, puppet } = this.ids;
    const audience = {
      self: { kind: 'members', memberIds: [self] },
      everyone: { kind: 'everyone' },
      team: { kind: 'team-members', teamIds: [this.teamId] },
      both: { kind: 'members', memberIds: [self, this.hands.puppet ? puppet : rival] },
    }[step.audience];
    const [from, to] = step.over ? [-10, -1] : [-1, 20];
    return this.make(client, '/api/challenges', {
      name: 'Sprint',
      from: this.day(from),
      to: this.day(to),
      audience,
      rules: [plainRule],
      payout: [lineOf(step.pays, step.points)],
      graceDays: 0,
    });
  }

  private async amend(step: Extract<Step, { do: 'amend' }>, client: Client) {
    const path = `/api/challenges/${this.challenge(step.nth)}`;
    const { body } = await client.get<{ definition?: object }>(path);
    const definition = {
      ...body.definition,
      payout: [lineOf('rank', step.points)],
      ...(step.minimum ? { minimum: '2' } : {}),
    };
    return this.post(client, `${path}/amend`, { definition });
  }

  private async sell(client: Client, whom: Whom, amount: number, on = -2) {
    const occurredAt = this.day(on);
    const one = { ...sale('x', amount), member: { id: this.ids[whom] }, occurredAt };
    this.activities[whom] ??= activityIdOf(one);
    return this.post(client, '/api/activities', { activities: [one] });
  }

  private ceilings(points: number, client: Client) {
    return this.put(client, '/api/ceilings', { perChallenge: points, perAuthorAndMonth: points });
  }

  private target(step: Extract<Step, { do: 'target' }>, client: Client) {
    const member = { id: this.ids[step.whom] };
    const item = { kpi: 'revenue', period: '2026-03', member, value: step.amount };
    return this.put(client, '/api/targets', { items: [item] });
  }

  private async adjust(step: Extract<Step, { do: 'adjust' }>, client: Client) {
    const body = { memberId: this.ids[step.whom], amount: step.amount, reason: 'x' };
    const headers = { 'idempotency-key': randomUUID() };
    return (await client.post('/api/ledger/adjustments', body, headers)).status;
  }

  private async hire(role: Given, client: Client) {
    const name = `puppet ${(this.n += 1)}`;
    const email = `puppet-${this.n}@${this.house.id}.example`;
    const body = { externalId: name, name, email, roles: [role] };
    const answer = await client.post<{ id: string }>('/api/members', body);
    if (answer.status === 201) this.ids.puppet = answer.body.id;
    return answer.status;
  }

  /** By an invitation that the thief makes and opens alone. */
  private async enter(whom: Whom, client: Client) {
    const path = `/api/members/${this.ids[whom]}/invitation`;
    const issued = await client.post<{ token: string }>(path);
    if (issued.status !== 201) return issued.status;
    const visitor = new Client(client.url);
    const entered = await redeem(visitor, issued.body.token, PASSWORD);
    if (entered.status === 200) {
      this.hands[whom === 'self' ? 'self' : 'puppet'] = visitor.signedIn(entered);
    }
    return entered.status;
  }

  private async makeKey(scope: string, client: Client) {
    const answer = await client.post<{ key: string }>('/api/keys', { name: 'x', scopes: [scope] });
    if (answer.status === 201) this.hands.key = new Client(client.url, answer.body.key);
    return answer.status;
  }

  private async bring(step: Extract<Step, { do: 'bring' }>, client: Client) {
    const mapping = {
      kind: 'members',
      columns: { externalId: 'id', name: 'name', email: 'mail' },
      constants: { roles: `rep,${step.role}` },
    };
    if (step.what === 'mapping') {
      const listed = await client.get<{ items?: { id: string }[] }>('/api/import-mappings');
      const id = listed.body.items?.[0]?.id;
      if (id) return this.patch(client, `/api/import-mappings/${id}`, { mapping });
      return this.post(client, '/api/import-mappings', { name: 'x', mapping });
    }
    const rows = `id;name;mail\nthief;thief;thief@${this.house.id}.example\n`;
    const { status, body } = await bring(client, rows, { kind: 'members', mapping });
    if (status !== 201) return status;
    const done = await this.post(client, `/api/imports/${body.id}/commit`);
    if (done < 300) await ended(this.house.admin, body.id);
    return done;
  }

  /** Asks for, or writes to, what another organisation has. */
  private async abroad(what: number, client: Client) {
    const id = this.foreign[what % this.foreign.length];
    const paths = [
      ['GET', `/api/members/${id}`],
      ['GET', `/api/challenges/${id}`],
      ['GET', `/api/challenges/${id}/board`],
      ['PATCH', `/api/members/${id}`],
      ['POST', `/api/challenges/${id}/certify`],
      ['POST', `/api/members/${id}/invitation`],
      ['GET', `/api/members/${id}/wallet`],
      ['GET', `/api/teams/${id}`],
      ['PUT', `/api/session/organisation`],
    ] as const;
    const [method, path] = paths[Math.floor(what / 7) % paths.length] ?? paths[0];
    const body = method === 'PUT' ? { organisationId: id } : method === 'GET' ? undefined : {};
    const answer = await client.send(method, path, body);
    if (answer.status < 300 && id && JSON.stringify(answer.body).includes(id)) {
      throw new Error(`${method} ${path} answered ${answer.status} about another organisation`);
    }
    return answer.status;
  }

  private async make(client: Client, path: string, body?: object) {
    const answer = await client.post<{ id: string }>(path, body);
    if (answer.status === 201) this.challenges.push(answer.body.id);
    return answer.status;
  }

  private post = async (client: Client, path: string, body?: object) =>
    (await client.post(path, body)).status;

  private put = async (client: Client, path: string, body: object) =>
    (await client.put(path, body)).status;

  private patch = async (client: Client, path: string, body: object) =>
    (await client.patch(path, body)).status;
}

/** The roles that a member has, with what they are for the installation. */
export async function standingOf(client: Client): Promise<string[]> {
  const { status, body } = await client.get<SessionView>('/api/session');
  if (status !== 200) return [];
  return [...(body.current?.member.roles ?? []), ...(body.person.operator ? ['operator'] : [])];
}
