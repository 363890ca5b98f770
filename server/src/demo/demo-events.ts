import { Injectable } from '@nestjs/common';
import { activityIdOf } from '@palmares/shared/activity/activity-id';
import { POINTS } from '@palmares/shared/ledger/currency';
import { addDays, type Day } from '@palmares/shared/time/day';
import { CertificationService } from '../challenge/certification.service.js';
import { ChallengeService } from '../challenge/challenge.service.js';
import { LaunchService } from '../challenge/launch.service.js';
import { TermsService } from '../challenge/terms.service.js';
import { DisputeService } from '../dispute/dispute.service.js';
import { asOf } from '../http/origin.js';
import { ExpiryService } from '../ledger/expiry.service.js';
import { LedgerService } from '../ledger/ledger.service.js';
import { PeopleService } from '../people/people.service.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import type { Caller } from '../auth/caller.js';
import { signatureOf } from '../auth/caller.js';
import { adminOf, callerOf, hrOf, managerOf, unlessDone, type Cast } from './demo-cast.js';
import type { DemoChallenge } from './demo-challenges.js';
import { managerAgencies } from './demo-people.js';
import type { DemoEntry } from './demo-deal.js';
import { repId, rosterOf, type DemoPlan, type DemoRep } from './demo-roster.js';

/** Most take note of a règlement; some never do. */
const READERS = 8;

const by = (caller: Caller) => ({
  actor: signatureOf(caller),
  address: null,
  requestId: null,
});

/** What happens at Maison Durable besides selling. Each may be done again: what is done stays. */
@Injectable()
export class DemoEvents {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly people: PeopleService,
    private readonly challenges: ChallengeService,
    private readonly launches: LaunchService,
    private readonly terms: TermsService,
    private readonly certifications: CertificationService,
    private readonly disputes: DisputeService,
    private readonly ledger: LedgerService,
    private readonly expiry: ExpiryService,
  ) {}

  /** A challenge by its name, made unless it is there. */
  async draft(cast: Cast, challenge: Pick<DemoChallenge, Drafted>): Promise<string> {
    const known = await this.find(cast, challenge.definition.name);
    const author = authorOf(cast, challenge);
    const definition = definitionOf(cast, challenge);
    return known ?? asOf(by(author), () => this.challenges.create(author, definition));
  }

  async launch(cast: Cast, challenge: Pick<DemoChallenge, Drafted>): Promise<string> {
    const id = await this.draft(cast, challenge);
    const author = authorOf(cast, challenge);
    await unlessDone(
      () => asOf(by(author), () => this.launches.launch(author, id)),
      'challenge-already-launched',
    );
    // The large ones are beyond a ceiling.
    const hr = hrOf(cast);
    const hand = { organisationId: cast.organisationId, signature: signatureOf(hr) };
    await unlessDone(
      () => asOf(by(hr), () => this.launches.countersign(hand, id, {})),
      'challenge-not-awaiting',
    );
    return id;
  }

  /** Whoever takes part takes note of the règlement, but for a few. */
  async acknowledge(cast: Cast, plan: DemoPlan, { definition }: DemoChallenge): Promise<void> {
    const id = await this.find(cast, definition.name);
    if (!id) return;
    for (const rep of rosterOf(plan)) {
      if (!takesPart(rep, definition.from) || rep.index % READERS === READERS - 1) continue;
      const caller = callerOf(cast, rep.externalId, 'rep');
      await unlessDone(() => this.terms.acknowledge(caller, id, 1), 'not-a-participant');
    }
  }

  async certify(cast: Cast, { definition }: DemoChallenge): Promise<void> {
    const id = await this.find(cast, definition.name);
    if (!id) return;
    const caller = hrOf(cast);
    const hand = { organisationId: cast.organisationId, signature: signatureOf(caller) };
    await unlessDone(
      () => asOf(by(caller), () => this.certifications.certify(hand, id)),
      'challenge-certified',
    );
  }

  /** Three report something in their own sales; their manager answers one. */
  async dispute(
    cast: Cast,
    plan: DemoPlan,
    { definition: { name, from, to, rules } }: DemoChallenge,
    entries: readonly DemoEntry[],
  ): Promise<void> {
    const challengeId = await this.find(cast, name);
    if (!challengeId) return;
    const filters = rules[0] && 'filters' in rules[0] ? rules[0].filters : {};
    const wanted = new Set(filters.product ?? []);
    const saleOf = (index: number) => ownSale(entries, repId(index), { from, to }, wanted);
    const roster = rosterOf(plan);
    for (const { index, text, answer } of REPORTS) {
      const rep = roster[index];
      if (!rep || !takesPart(rep, plan.day)) continue;
      const caller = callerOf(cast, rep.externalId, 'rep');
      const query = { mine: true, challengeId, limit: 1 };
      if ((await this.disputes.list(caller, query)).items.length > 0) continue;
      const sale = saleOf(index);
      const about = sale
        ? ({ kind: 'wrong', activityId: activityIdOf(sale) } as const)
        : ({ kind: 'missing' } as const);
      const input = { ...about, challengeId, text };
      const report = () => this.disputes.report(caller, input);
      const { id } = await asOf(by(caller), report);
      const manager = managerOf(cast);
      if (!answer) continue;
      await asOf(by(manager), () =>
        this.disputes.resolve(manager, id, { outcome: 'accepted', answer }),
      );
    }
  }

  /** Points for everybody, to be used before a day. */
  async thank(cast: Cast, plan: DemoPlan, gift: Gift): Promise<void> {
    const { organisationId } = cast;
    const reps = rosterOf(plan).filter((rep) => takesPart(rep, gift.on));
    await this.database.transaction(async (tx) => {
      const turn = await this.people.turn(tx, organisationId);
      const dues = reps.map(({ externalId }) => ({
        reference: `gift/${gift.reason}`,
        memberId: cast.memberIds.get(externalId) ?? '',
        budgetId: null,
        currency: POINTS,
        due: gift.points,
        expiresOn: gift.expiresOn,
        regime: 'gift',
        reason: gift.reason,
      }));
      await this.ledger.settle(tx, turn, dues);
    });
  }

  /** What was not used in time is gone. */
  async expire(): Promise<void> {
    await this.expiry.expire(this.clock.now());
  }

  async find({ organisationId }: Cast, name: string): Promise<string | undefined> {
    const { items } = await this.challenges.list(organisationId, { limit: 100 });
    return items.find((one) => one.name === name)?.id;
  }
}

type Drafted = 'definition' | 'ofManager';

const authorOf = (cast: Cast, { ofManager }: Pick<DemoChallenge, Drafted>) =>
  ofManager ? managerOf(cast) : adminOf(cast);

/** A challenge of the manager is for the reps of the agencies that the manager runs. */
function definitionOf(cast: Cast, { definition, ofManager }: Pick<DemoChallenge, Drafted>) {
  const teamIds = managerAgencies().flatMap((name) => cast.teamIds.get(name) ?? []);
  return ofManager
    ? { ...definition, audience: { kind: 'team-members' as const, teamIds } }
    : definition;
}

export interface Gift {
  reason: string;
  points: number;
  on: Day;
  expiresOn: Day;
}

/** Two gifts: one of which what was not used has expired, and one that will soon. */
export const giftsOf = ({ day }: DemoPlan): Gift[] => [
  {
    reason: 'Bonus de bienvenue',
    points: 200,
    on: addDays(day, -200),
    expiresOn: addDays(day, -18),
  },
  {
    reason: 'Bonus formation photovoltaïque',
    points: 150,
    on: addDays(day, -64),
    expiresOn: addDays(day, 23),
  },
];

const REPORTS = [
  {
    index: 3,
    text: 'Cette vente a été signée par moi seul, elle a été partagée par erreur.',
    answer: null,
  },
  {
    index: 8,
    text: 'Le montant ne tient pas compte de l’option signée avec la pose.',
    answer: 'Vous avez raison\u00a0: le bon de commande est corrigé dans le CRM.',
  },
  {
    index: 0,
    text: 'Il manque la deuxième fenêtre de toit de cette commande.',
    answer: null,
  },
] as const;

const takesPart = ({ enteredOn, leftOn }: DemoRep, day: Day) =>
  (enteredOn ?? day) <= day && (leftOn === null || leftOn > day);

/** The last sale of somebody in a window, of the products that count. */
function ownSale(
  entries: readonly DemoEntry[],
  externalId: string,
  { from, to }: { from: Day; to: Day },
  products: ReadonlySet<string>,
): { source: string; externalId: string } | undefined {
  const sale = entries.findLast(({ sentOn, activity }) => {
    const { type, member, lines } = activity as DemoEntry['activity'] & {
      member?: { externalId: string };
      lines?: { product: string }[];
    };
    const counts = products.size === 0 || lines?.some(({ product }) => products.has(product));
    const within = sentOn >= from && sentOn < to;
    return type === 'deal.won' && within && counts && member?.externalId === externalId;
  });
  return sale && { source: 'crm', externalId: sale.activity.externalId };
}
