import { Injectable } from '@nestjs/common';
import type { Activity } from '@palmares/shared/activity/activity';
import { activityIdOf } from '@palmares/shared/activity/activity-id';
import type { WithoutView } from '@palmares/shared/challenge/leaf-view';
import { proofOf, type Proof } from '@palmares/shared/challenge/proof';
import { writtenProof, type ProofView } from '@palmares/shared/challenge/proof-view';
import { ruleTypeOf } from '@palmares/shared/challenge/rules/registry';
import { standingsOf, type Pass, type Standings } from '@palmares/shared/challenge/score';
import type { TieBreak } from '@palmares/shared/challenge/tie';
import type { DayChanges } from '@palmares/shared/kpi/aggregations/aggregation';
import type { MemberStretch } from '@palmares/shared/people/membership';
import { holds } from '@palmares/shared/people/stretch';
import { formatScaled } from '@palmares/shared/quantity/scaled';
import { addDays, type Day } from '@palmares/shared/time/day';
import { LeafService, type Mark } from '../activity/leaf.service.js';
import { writeMark } from '../activity/mark.js';
import type { Caller } from '../auth/caller.js';
import { ProblemError } from '../http/problem-error.js';
import { MeasureService } from '../kpi/measure.service.js';
import { PeopleService } from '../people/people.service.js';
import { present } from '../people/sequence.js';
import { Database, type Tx } from '../platform/database.js';
import { digestId } from '../platform/digest.js';
import { ChallengeMemory } from './challenge-memory.js';
import { ChallengeService, type Found } from './challenge.service.js';
import * as store from './challenge.store.js';
import { computeScores, stepOf } from './compute.js';
import { lastTurn } from './last-turn.js';
import { leafView } from './leaf-row.js';
import { LineupService } from './lineup.service.js';
import { totalsAt, totalsWith } from './proof-totals.js';
import { ScoreService } from './score.service.js';
import * as scores from './score.store.js';
import type { NamedScore, ScoreRow } from './score.store.js';
import { factsOf, rankedOf, running, type RunningChallenge } from './scoring.js';
import type { Sight } from './sight.js';
import { SightService } from './sight.service.js';
import { subjectTotals, type TotalsReader } from './subject-totals.js';

/** A page of the activities behind a measure. */
export interface LeafQuery {
  measure: string;
  day?: Day | undefined;
  limit: number;
  cursor?: Mark | undefined;
  asOf?: number | undefined;
}

/** A challenge at the instant that is looked at. */
interface Instant extends Found {
  seq: number;
  /** The same where it lies in the past; undefined for the present, whose totals are kept. */
  past: number | undefined;
  /** What the caller sees of it. */
  sight: Sight;
}

/** Scores explained, on demand: nothing is stored for it. */
@Injectable()
export class ProofService {
  constructor(
    private readonly database: Database,
    private readonly people: PeopleService,
    private readonly sights: SightService,
    private readonly challenges: ChallengeService,
    private readonly scores: ScoreService,
    private readonly lineups: LineupService,
    private readonly measures: MeasureService,
    private readonly leaves: LeafService,
  ) {}

  /** The tree without its leaves. Problems: `not-found`, `forbidden`. */
  async tree(caller: Caller, id: string, subjectId: string, asOf?: number): Promise<ProofView> {
    const { organisationId } = caller;
    return this.database.snapshot(async (tx) => {
      const { challenge, seq, past, sight } = await this.at(tx, caller, id, subjectId, asOf);
      const { compiled, definition } = challenge;
      const rows = rankedOf(await board(tx, organisationId, id, past), definition.ties);
      const own = rows.find((row) => row.subjectId === subjectId);
      if (!own) throw new ProblemError('not-found');
      const reader = past === undefined ? this.measures : totalsAt(this.measures, compiled, past);
      const one = await subjectTotals(reader, tx, organisationId, challenge, [subjectId]);
      const facts = factsOf(challenge, subjectId, (text) => one(subjectId, text));
      const ids = compiled.placing ? rows.map((row) => row.subjectId) : [];
      const others = await this.others(tx, organisationId, reader, challenge, ids);
      const { currency } = await this.people.organisation(organisationId, tx);
      const labels = new Map(rows.map((row) => [row.subjectId, row.label]));
      const names = sight.namesIn(rows);
      const otherOf = (other: string) => sight.subject(names, other, labels.get(other) ?? '');
      const proof = proofOf(compiled, subjectId, facts, others);
      return {
        challengeId: id,
        version: seq,
        from: compiled.from,
        to: compiled.to,
        subject: { type: own.type, id: subjectId, label: own.label },
        rank: own.rank,
        ...writtenProof(asKept(proof, own), { currency, idOf: digestId, otherOf }),
      };
    });
  }

  /** Problems: `not-found`, `forbidden`, `invalid`. */
  async activities(caller: Caller, id: string, subjectId: string, query: LeafQuery) {
    const { organisationId } = caller;
    const { limit, cursor: after, day } = query;
    return this.database.snapshot(async (tx) => {
      const { challenge, seq, past } = await this.at(tx, caller, id, subjectId, query.asOf);
      const { from, to, measures } = challenge.compiled;
      const measure = [...measures].find(([text]) => digestId(text) === query.measure)?.[1];
      if (!measure) {
        const fault = { parameter: 'measure', detail: 'no measure of this challenge' };
        throw new ProblemError('invalid', undefined, [fault]);
      }
      const outside = day !== undefined && (day < from || day >= to);
      const days = day === undefined ? { from, to } : { from: day, to: addDays(day, 1) };
      const members = membersOf(challenge, subjectId);
      const wanted = { measure, members, ...days, after, asOf: past };
      const found = outside
        ? []
        : await this.leaves.leaves(tx, organisationId, { ...wanted, limit: limit + 1 });
      const items = found.slice(0, limit);
      const last = found.length > limit ? items.at(-1)?.activity : undefined;
      return {
        version: seq,
        items: items.map((leaf) => leafView(leaf, members)),
        nextCursor: last ? writeMark(last) : null,
      };
    });
  }

  /**
   * The present score beside what it would be without an activity of the subject. Problems:
   * `not-found`, `forbidden`, `challenge-certified`, `challenge-cancelled`.
   */
  async without(
    caller: Caller,
    id: string,
    subjectId: string,
    identity: { source: string; externalId: string },
  ): Promise<WithoutView> {
    const { organisationId } = caller;
    return this.database.snapshot(async (tx) => {
      const { challenge, seq, status } = await this.at(tx, caller, id, subjectId);
      if (status === 'certified') throw new ProblemError('challenge-certified');
      if (status === 'cancelled') throw new ProblemError('challenge-cancelled');
      const found = await this.leaves.find(tx, organisationId, identity);
      if (!found || !isOf(found.activity, membersOf(challenge, subjectId))) {
        throw new ProblemError('not-found');
      }
      const { activity, counts } = found;
      const changes = counts
        ? await this.leaves.without(tx, organisationId, activity, challenge.compiled.measures)
        : new Map();
      const rows = await board(tx, organisationId, id, undefined);
      const moved = await this.imagine(tx, organisationId, challenge, changes, rows);
      const other = new Map(moved.map((row) => [row.subjectId, row]));
      const after = rows.map((row) => ({ ...row, ...other.get(row.subjectId) }));
      const { ties } = challenge.definition;
      return {
        version: seq,
        id: activityIdOf(identity),
        counts,
        with: standingIn(rows, subjectId, ties),
        without: standingIn(after, subjectId, ties),
      };
    });
  }

  /** The challenge as it was scored at an instant, for a caller who may look. */
  private async at(
    tx: Tx,
    caller: Caller,
    id: string,
    subjectId: string,
    asOf?: number,
  ): Promise<Instant> {
    const { organisationId } = caller;
    const launched = await this.challenges.find(tx, organisationId, id);
    if (launched.row.version === null) throw new ProblemError('not-found');
    const joined = await this.lineups.joinStored(tx, organisationId, launched.challenge);
    const found = { ...launched, challenge: joined };
    const sight = await this.permit(tx, caller, found, subjectId);
    if (!(await this.scores.takesPart(tx, organisationId, id, subjectId))) {
      throw new ProblemError('not-found');
    }
    const now = await present(tx, organisationId);
    const last = await lastTurn(tx, organisationId, found.row, now.seq);
    const seq = Math.min(asOf ?? last, last);
    if (seq === now.seq) return { ...found, seq, past: undefined, sight };
    const definition = await store.definitionAt(tx, organisationId, id, seq);
    if (!definition) throw new ProblemError('not-found');
    const { leftBy } = found.row;
    const then = running({ id, definition, leftBy }, found.challenge.frozen);
    const challenge = await this.lineups.joinStored(tx, organisationId, then);
    return { ...found, challenge, seq, past: seq, sight };
  }

  /**
   * Keys of the organisation; the subject, or who is in it; who managed it on some day of the
   * window; and HR where it has paid. Problems: `forbidden`.
   */
  private async permit(tx: Tx, caller: Caller, found: Found, subjectId: string): Promise<Sight> {
    const certified = found.row.certifiedSeq !== null;
    const sight = await this.sights.of(tx, caller, {
      challenge: found.challenge,
      certified,
      launched: true,
    });
    if (caller.kind === 'board-link' || !sight.answersFor(subjectId)) {
      throw new ProblemError('forbidden');
    }
    return sight;
  }

  /** How subjects stand in the rules that give places, some at a time. */
  private async others(
    tx: Tx,
    organisationId: string,
    reader: TotalsReader,
    challenge: RunningChallenge,
    subjectIds: readonly string[],
  ): Promise<Standings> {
    const { compiled } = challenge;
    const placing = compiled.rules.filter(({ rule }) => ruleTypeOf(rule).places);
    const readings = placing.flatMap((rule) => [...rule.readings.values()]);
    const texts = new Set(readings.flatMap(({ measures }) => [...measures.values()]));
    const measures = new Map([...compiled.measures].filter(([text]) => texts.has(text)));
    const some = { ...challenge, compiled: { ...compiled, measures } };
    const found = new Map<string, Pick<Pass, 'standings'>>();
    // What is made again of activities is read in one pass for all.
    const step = reader === this.measures ? stepOf(challenge) : Math.max(subjectIds.length, 1);
    for (let from = 0; from < subjectIds.length; from += step) {
      const ids = subjectIds.slice(from, from + step);
      const totals = await subjectTotals(reader, tx, organisationId, some, ids);
      for (const one of ids) {
        const facts = factsOf(challenge, one, (text) => totals(one, text));
        found.set(one, { standings: standingsOf(compiled, facts) });
      }
    }
    return found;
  }

  /** The scores that may move if these changes of daily totals were made; nothing is written. */
  private async imagine(
    tx: Tx,
    organisationId: string,
    challenge: RunningChallenge,
    changes: DayChanges,
    rows: readonly NamedScore[],
  ): Promise<ScoreRow[]> {
    const touched = new Set(new ChallengeMemory().follow(changes, challenge));
    if (touched.size === 0) return [];
    const everybody = rows.map(({ subjectId }) => subjectId);
    const ids = everybody.filter((id) => challenge.compiled.placing || touched.has(id));
    const reader = totalsWith(this.measures, changes);
    return computeScores(reader, tx, organisationId, challenge, ids);
  }
}

/** Everybody’s scores, also of who has left: at present, or after an earlier turn. */
const board = (tx: Tx, organisationId: string, id: string, past: number | undefined) =>
  past === undefined
    ? scores.board(tx, organisationId, id)
    : scores.boardAsOf(tx, organisationId, id, past);

/** A score from before fractions were kept stays as it was rounded then. */
const asKept = (proof: Proof, { score, exact }: NamedScore): Proof =>
  exact === null && proof.exact !== null ? { ...proof, score, exact } : proof;

/** Whose activities make a score: the member’s own, or on the days on which they belonged. */
const membersOf = (
  { lineup, attendance, compiled: { from, to } }: RunningChallenge,
  subjectId: string,
): readonly MemberStretch[] =>
  (lineup ?? attendance)?.membersOf(subjectId) ?? [{ memberId: subjectId, from, to }];

const isOf = ({ shares, occurredOn }: Activity, members: readonly MemberStretch[]) =>
  shares.some(({ memberId }) =>
    members.some((one) => one.memberId === memberId && holds(one, occurredOn)),
  );

/** Where somebody stands among these scores. Problems: `not-found`. */
function standingIn(
  rows: readonly NamedScore[],
  subjectId: string,
  ties: TieBreak,
): WithoutView['with'] {
  const own = rankedOf(rows, ties).find((row) => row.subjectId === subjectId);
  if (!own) throw new ProblemError('not-found');
  const { score, rank, reason, reachedAt } = own;
  return { score: formatScaled(score), rank, reason, reachedAt };
}
