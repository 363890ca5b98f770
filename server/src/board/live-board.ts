import { createHash } from 'node:crypto';
import type { BoardEntry } from '@palmares/shared/board/board';
import { Ranking } from '@palmares/shared/board/ranking';
import type { Names, Veil } from '@palmares/shared/board/view';
import { formatScaled } from '@palmares/shared/quantity/scaled';
import type { ChallengeStatus } from '@palmares/shared/challenge/challenge';
import type { Caller } from '../auth/caller.js';
import type { Found } from '../challenge/challenge.service.js';
import type { NamedScore } from '../challenge/score.service.js';
import { textOf, type Ready, type Text } from '../http/conditional.js';
import type { Sight } from '../challenge/sight.js';

/** How far an organisation has come. */
export interface Point {
  seq: number;
  changedAt: Date;
  peopleSeq: number;
  challengeSeq: number;
}

/** Told after every change of a board, with whom it touched. */
export type Follower = (touched: ReadonlySet<string>) => void;

/** So much of what was answered of one version is kept. */
const ANSWERS_MAX_BYTES = 32_000_000;
const READIES_MAX = 20_000;

export const entryOf = (score: NamedScore): BoardEntry => ({
  subject: { type: score.type, id: score.subjectId, label: score.label },
  score: formatScaled(score.score),
  ...(score.exact === null ? {} : { exact: score.exact }),
  reachedAt: score.reachedAt,
  reason: score.reason,
});

/** A board as this process holds it in memory, moved by the log of scores. */
export class LiveBoard {
  readonly followers = new Set<Follower>();
  /** What callers see of it, until people or challenges change. */
  readonly sights = new Map<string, Sight>();
  readonly veil: Veil;
  private readonly answers = new Map<string, Text>();
  /** Not every sight is remembered: what was ready for one that is not goes with it. */
  private readies = new WeakMap<Sight, Map<string, Ready>>();
  private readyCount = 0;
  private answersBytes = 0;
  private standing: { second: number; status: ChallengeStatus } | undefined;
  private readonly veiled = new Map<string, string>();
  private ranked: Ranking;

  constructor(
    readonly organisationId: string,
    /** The challenge, with its lineup where teams compete. */
    public found: Found,
    public timeZone: string,
    public point: Point,
    scores: readonly NamedScore[],
    veil: Veil,
  ) {
    this.veil = (id) => this.veiledId(id, veil);
    this.ranked = new Ranking(scores.map(entryOf), this.ties);
  }

  get id(): string {
    return this.found.row.id;
  }

  get ties() {
    return this.found.challenge.definition.ties;
  }

  get ranking(): Ranking {
    return this.ranked;
  }

  /** The board is now at a point, to which these scores have moved, the oldest first. */
  move(point: Point, scores: readonly NamedScore[]): void {
    if (point.seq !== this.point.seq || scores.length > 0) this.forgetAnswers();
    this.point = point;
    const touched = new Set<string>();
    for (const score of scores) {
      touched.add(score.subjectId);
      if (score.reason === 'left') this.ranking.remove(score.subjectId);
      else this.ranking.put(entryOf(score));
    }
    if (touched.size > 0) for (const follower of this.followers) follower(touched);
  }

  /** The challenge, or people, are others now. */
  renew(found: Found, timeZone: string): void {
    const { ties } = this;
    this.found = found;
    this.timeZone = timeZone;
    this.sights.clear();
    this.standing = undefined;
    this.forgetAnswers();
    if (ties === this.ties) return;
    this.ranked = new Ranking(this.ranking.entries(), this.ties);
  }

  /** Where the challenge stands: asked once a second, as no day begins within one. */
  status(now: Date, ask: () => ChallengeStatus): ChallengeStatus {
    const second = Math.floor(now.getTime() / 1000);
    if (this.standing?.second !== second) this.standing = { second, status: ask() };
    return this.standing.status;
  }

  /** What was answered to the same question, while nothing has changed. */
  answer(question: string, make: () => string): Text {
    const known = this.answers.get(question);
    if (known) return known;
    const answer = textOf(make());
    if (this.answersBytes > ANSWERS_MAX_BYTES) this.forgetAnswers();
    this.answers.set(question, answer);
    this.answersBytes += answer.length;
    return answer;
  }

  /** The same with what it says to one caller, who asks for it in a few words. */
  ready(sight: Sight, asked: string, make: () => Ready): Ready {
    const known = this.readies.get(sight)?.get(asked);
    if (known) return known;
    const ready = make();
    if (this.readyCount >= READIES_MAX) this.forgetReadies();
    const own = this.readies.get(sight) ?? new Map<string, Ready>();
    this.readies.set(sight, own.set(asked, ready));
    this.readyCount += 1;
    return ready;
  }

  private forgetReadies(): void {
    this.readies = new WeakMap();
    this.readyCount = 0;
  }

  private forgetAnswers(): void {
    this.forgetReadies();
    this.answers.clear();
    this.answersBytes = 0;
  }

  private veiledId(id: string, veil: Veil): string {
    const known = this.veiled.get(id);
    if (known !== undefined) return known;
    const made = veil(id);
    this.veiled.set(id, made);
    return made;
  }
}

const shortHash = (of: string) => createHash('sha1').update(of).digest('base64url').slice(0, 12);

/** By what the knowledge of a caller is remembered: the same key, the same sight. */
export function callerKey(caller: Caller): string {
  if (caller.kind !== 'member') return caller.kind;
  let key = callerKeys.get(caller);
  if (key === undefined) {
    callerKeys.set(caller, (key = `${caller.memberId} ${caller.roles.join()}`));
  }
  return key;
}
const callerKeys = new WeakMap<Caller, string>();

/** The name of all who see the same of a board; `names` are of its present ranking. */
export function classOf({ viewer, policy }: Sight, names: Names, { ranking }: LiveBoard): string {
  if (names === 'everybody') return 'all';
  const own = viewer.own.filter((id) => ranking.get(id)).toSorted();
  const also = [...viewer.also].filter((id) => ranking.get(id) && !own.includes(id)).toSorted();
  const best = viewer.inside && policy === 'top-and-neighbours';
  if (own.length + also.length === 0) return best ? 'best' : 'none';
  // Neighbours go by who one is; without them it does not matter.
  const who = best ? `${own.join()};${also.join()}` : [...own, ...also].toSorted().join();
  return `${best ? 'best' : 'only'}-${shortHash(who)}`;
}
