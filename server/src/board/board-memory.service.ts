import { Injectable } from '@nestjs/common';
import type { Caller } from '../auth/caller.js';
import { ChallengeService } from '../challenge/challenge.service.js';
import { LineupService } from '../challenge/lineup.service.js';
import { ScoreService, type NamedScore } from '../challenge/score.service.js';
import type { Sight } from '../challenge/sight.js';
import { SightService, stateOf } from '../challenge/sight.service.js';
import { Signal } from '../live/signal.js';
import { PeopleService } from '../people/people.service.js';
import { Database, type Tx } from '../platform/database.js';
import { scoresOf } from '../challenge/turn-scores.js';
import { isMarked, type Turn } from '../people/sequence.js';
import { callerKey, LiveBoard, type Point } from './live-board.js';

/** Changes of other processes are heard of; this is how late a board may be without being told. */
const TRUSTED_MS = 50;
/** Subjects of all boards that a process holds; what has not been asked for longest goes first. */
const SUBJECTS_MAX = 1_000_000;
const BOARDS_MAX = 1_000;

/** A turn that was heard of; `turn` itself where this process has taken it. */
interface Heard {
  seq: number;
  turn: Turn | undefined;
  at: number;
}

interface Held {
  organisationId: string;
  board: LiveBoard | undefined;
  /** When the database was last asked; −∞ once something has changed. */
  askedAt: number;
  asking: Promise<LiveBoard> | undefined;
  /** Another question, once the present one is answered: that one may have been put too early. */
  next: Promise<LiveBoard> | undefined;
  /** What was heard of while the database was being asked. */
  heard: Heard[];
}

/**
 * The boards that this process holds. Whoever asks gets a board that is at least as new as the
 * question; of many questions at once the database hears one.
 */
@Injectable()
export class BoardMemory {
  private readonly held = new Map<string, Held>();

  constructor(
    private readonly database: Database,
    private readonly challenges: ChallengeService,
    private readonly people: PeopleService,
    private readonly scores: ScoreService,
    private readonly lineups: LineupService,
    private readonly sights: SightService,
    signal: Signal,
  ) {
    signal.on((message, turn) => {
      if (message.kind !== 'changed') return;
      const { organisationId, seq } = message;
      this.age(organisationId, { seq, turn: turn as Turn | undefined, at: performance.now() });
    });
    signal.onReconnected(() => {
      for (const held of this.held.values()) {
        held.askedAt = -Infinity;
        // Nobody knows what was missed: an answer on its way may be from before.
        held.heard.push({ seq: Infinity, turn: undefined, at: -Infinity });
      }
    });
  }

  /** A board as it is now. Problems: `not-found`. */
  get(organisationId: string, challengeId: string): LiveBoard | Promise<LiveBoard> {
    const key = `${organisationId} ${challengeId}`;
    const held = this.held.get(key);
    if (!held) return this.ask(key, organisationId, challengeId);
    if (held.board && !held.asking && isFresh(held)) return held.board;
    return this.ask(key, organisationId, challengeId, held);
  }

  /** What a caller sees of a board. */
  sight(board: LiveBoard, caller: Caller): Sight | Promise<Sight> {
    const key = callerKey(caller);
    const known = board.sights.get(key);
    if (known) return known;
    const { challenge, row } = board.found;
    const has = (id: string) => board.ranking.get(id) !== undefined;
    const seen = { challenge, ...stateOf(row), has };
    const simple = this.sights.simple(caller, seen, board.veil);
    // Newcomers come without people having changed: whoever is not there is asked for again.
    if (simple) {
      if (simple.viewer.own.length > 0 || caller.kind !== 'member') board.sights.set(key, simple);
      return simple;
    }
    const { found } = board;
    return this.database.read(async (tx) => {
      const sight = await this.sights.of(tx, caller, seen);
      if (board.found === found) board.sights.set(key, sight);
      return sight;
    });
  }

  /**
   * What is held of an organisation is asked for again; but what a turn of this process has done to
   * a board is known without asking.
   */
  private age(organisationId: string, heard: Heard): void {
    for (const held of this.held.values()) {
      const { board, asking } = held;
      if (held.organisationId !== organisationId) continue;
      if (asking) held.heard.push(heard);
      held.askedAt = board && !asking ? catchUp(board, [heard], held.askedAt) : -Infinity;
    }
  }

  private ask(
    key: string,
    organisationId: string,
    challengeId: string,
    held: Held = newHeld(organisationId),
  ): Promise<LiveBoard> {
    const put = () => {
      const askedAt = performance.now();
      held.askedAt = askedAt;
      held.heard = [];
      held.asking = this.renewed(organisationId, challengeId, held.board)
        .then((board) => {
          // Last in the order of use.
          this.held.delete(key);
          this.held.set(key, held);
          // Or it would be asked for ever, where turns come faster than it answers.
          held.askedAt = catchUp(board, held.heard, askedAt);
          return (held.board = board);
        })
        .catch((error: unknown) => {
          held.askedAt = -Infinity;
          if (!held.board) this.held.delete(key);
          throw error;
        })
        .finally(() => (held.asking = undefined));
      return held.asking;
    };
    this.held.set(key, held);
    if (!held.asking) return put();
    // Asked after something has changed, or too long ago: not the answer that is on its way.
    if (isFresh(held)) return held.asking;
    held.next ??= held.asking
      .catch(() => undefined)
      .then(() => {
        held.next = undefined;
        if (held.board && !held.asking && isFresh(held)) return held.board;
        return held.asking ?? put();
      });
    return held.next;
  }

  private async renewed(
    organisationId: string,
    challengeId: string,
    board: LiveBoard | undefined,
  ): Promise<LiveBoard> {
    if (board) {
      const { seq } = board.point;
      const read = (tx: Tx) => this.scores.followBoard(tx, organisationId, challengeId, seq);
      const now = await this.database.read(read);
      // A database that has been put back has fewer turns than we know of.
      if (now && now.seq >= seq) return this.moved(board, now, now.moved);
    }
    const loaded = await this.loaded(organisationId, challengeId);
    this.makeRoom();
    return loaded;
  }

  private async moved(
    board: LiveBoard,
    point: Point,
    moved: readonly NamedScore[],
  ): Promise<LiveBoard> {
    const { organisationId, id } = board;
    const { peopleSeq, challengeSeq } = board.point;
    if (point.peopleSeq !== peopleSeq || point.challengeSeq !== challengeSeq) {
      const { found, timeZone } = await this.database.read((tx) =>
        this.find(tx, organisationId, id),
      );
      board.renew(found, timeZone);
    }
    board.move(point, moved);
    return board;
  }

  private async find(tx: Tx, organisationId: string, challengeId: string) {
    const found = await this.challenges.find(tx, organisationId, challengeId);
    const challenge = await this.lineups.joinStored(tx, organisationId, found.challenge);
    const { timeZone } = await this.people.organisation(organisationId, tx);
    return { found: { ...found, challenge }, timeZone };
  }

  private async loaded(organisationId: string, challengeId: string): Promise<LiveBoard> {
    return this.database.snapshot(async (tx) => {
      const { found, timeZone } = await this.find(tx, organisationId, challengeId);
      const none = Number.MAX_SAFE_INTEGER;
      const now = await this.scores.followBoard(tx, organisationId, challengeId, none);
      const { seq = 0, changedAt = new Date(0), peopleSeq = 0, challengeSeq = 0 } = now ?? {};
      const scores = await this.scores.board(tx, organisationId, challengeId);
      const veil = await this.sights.veil(tx, challengeId);
      const point = { seq, changedAt, peopleSeq, challengeSeq };
      return new LiveBoard(organisationId, found, timeZone, point, scores, veil);
    });
  }

  /** Lets go of what nobody follows and nobody has asked for longest. */
  private makeRoom(): void {
    let subjects = 0;
    for (const { board } of this.held.values()) subjects += board?.ranking.size ?? 0;
    for (const [key, { board, asking }] of this.held) {
      if (subjects <= SUBJECTS_MAX && this.held.size <= BOARDS_MAX) return;
      if (!board || asking || board.followers.size > 0) continue;
      this.held.delete(key);
      subjects -= board.ranking.size;
    }
  }
}

const isFresh = ({ askedAt }: Held): boolean => performance.now() - askedAt < TRUSTED_MS;

const newHeld = (organisationId: string): Held => {
  const nothing = { board: undefined, asking: undefined, next: undefined };
  return { organisationId, ...nothing, askedAt: -Infinity, heard: [] };
};

/**
 * Moves a board by what was heard of since it was asked for.
 * @returns of when it is then; −∞ where the database has to be asked
 */
function catchUp(board: LiveBoard, heard: readonly Heard[], askedAt: number): number {
  let since = askedAt;
  for (const { seq, turn, at } of heard) {
    if (seq <= board.point.seq) continue;
    if (!turn || !goOn(board, turn)) return -Infinity;
    since = at;
  }
  return since;
}

/** Moves a board by the very next turn, where that has only moved scores of those on it. */
function goOn(board: LiveBoard, turn: Turn): boolean {
  const { point, ranking } = board;
  if (turn.seq !== point.seq + 1 || isMarked(turn)) return false;
  const moved: NamedScore[] = [];
  for (const row of scoresOf(turn)) {
    if (row.challengeId !== board.id) continue;
    const subject = ranking.get(row.subjectId)?.subject;
    if (!subject || subject.label === null) return false;
    const { subjectId, score, exact, reason, reachedAt } = row;
    const { type, label } = subject;
    moved.push({ subjectId, type, label, score, exact, reason, reachedAt });
  }
  board.move({ ...point, seq: turn.seq, changedAt: turn.at }, moved);
  return true;
}
