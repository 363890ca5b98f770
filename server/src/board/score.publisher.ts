import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { BoardEntry } from '@palmares/shared/board/board';
import type { Ranking } from '@palmares/shared/board/ranking';
import { NEIGHBOURS } from '@palmares/shared/board/view';
import type { Logger } from 'pino';
import type { Caller, MemberCaller } from '../auth/caller.js';
import { ChallengeService } from '../challenge/challenge.service.js';
import type { Sight } from '../challenge/sight.js';
import { LiveGateway } from '../live/live.gateway.js';
import { Signal } from '../live/signal.js';
import { LOGGER } from '../platform/platform.module.js';
import { Database } from '../platform/database.js';
import { BoardMemory } from './board-memory.service.js';
import type { LiveBoard } from './live-board.js';

/** What members of one organisation hear of themselves through this process. */
interface Audience {
  members: Map<string, MemberCaller>;
  /** Challenges whose scores move; undefined when they have to be looked up again. */
  challengeIds: Promise<string[]> | undefined;
  /** What each was told last, by challenge and member. */
  told: Map<string, Told>;
  timer?: NodeJS.Timeout;
  again: boolean;
}

/** What somebody was told, and of what it was made: mostly nothing of that has changed. */
interface Told {
  text: string;
  sight: Sight;
  at: number;
  around: Around;
}

interface Around {
  entries: readonly (BoardEntry | undefined)[];
  /** Of the first of them; the other ranks follow. */
  rank: number | null | undefined;
}

/** Everybody has a line of their own to be made: four times a second will do. */
const TICK_MS = 250;

/** Tells members of their own line, and of their neighbours, in the challenges that run. */
@Injectable()
export class ScorePublisher implements OnApplicationShutdown {
  private readonly audiences = new Map<string, Audience>();

  constructor(
    private readonly database: Database,
    private readonly challenges: ChallengeService,
    private readonly memory: BoardMemory,
    private readonly gateway: LiveGateway,
    signal: Signal,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    gateway.onSubscribed((topic, bearer) => {
      return topic === 'me' ? this.welcome(bearer as Caller) : undefined;
    });
    signal.on((message) => {
      if (message.kind !== 'changed' && message.kind !== 'challenge') return;
      const audience = this.audiences.get(message.organisationId);
      if (!audience) return;
      if (message.kind === 'challenge') audience.challengeIds = undefined;
      this.stir(message.organisationId, audience);
    });
    signal.onReconnected(() => {
      for (const [organisationId, audience] of this.audiences) {
        audience.challengeIds = undefined;
        this.stir(organisationId, audience);
      }
    });
  }

  onApplicationShutdown(): void {
    for (const { timer } of this.audiences.values()) clearTimeout(timer);
    this.audiences.clear();
  }

  /** Notes what they have: whatever moves from now on is told to them. */
  private async welcome(caller: Caller): Promise<void> {
    if (caller.kind !== 'member') return;
    const { organisationId, memberId } = caller;
    const audience = this.audiences.get(organisationId) ?? {
      members: new Map(),
      challengeIds: undefined,
      told: new Map(),
      again: false,
    };
    this.audiences.set(organisationId, audience);
    audience.members.set(memberId, caller);
    for (const challengeId of await this.running(organisationId, audience)) {
      await this.tellOne(await this.memory.get(organisationId, challengeId), caller, audience);
    }
  }

  private stir(organisationId: string, audience: Audience): void {
    if (audience.timer) {
      audience.again = true;
      return;
    }
    audience.again = false;
    const rest = new Promise<void>((resolve) => (audience.timer = setTimeout(resolve, TICK_MS)));
    const told = this.tell(organisationId, audience).catch((error: unknown) => {
      audience.again = true;
      this.logger.error({ err: error, organisationId }, 'nobody could be told of their score');
    });
    void Promise.all([rest, told]).then(() => {
      delete audience.timer;
      if (audience.again) this.stir(organisationId, audience);
    });
  }

  private async tell(organisationId: string, audience: Audience): Promise<void> {
    for (const memberId of audience.members.keys()) {
      if (!this.gateway.hasListeners(`member:${memberId}`)) audience.members.delete(memberId);
    }
    if (audience.members.size === 0) {
      this.audiences.delete(organisationId);
      return;
    }
    for (const challengeId of await this.running(organisationId, audience)) {
      const board = await this.memory.get(organisationId, challengeId);
      for (const caller of audience.members.values()) await this.tellOne(board, caller, audience);
    }
  }

  private running(organisationId: string, audience: Audience): Promise<string[]> {
    if (audience.challengeIds) return audience.challengeIds;
    const asked = this.database.read(async (tx) => {
      const found = await this.challenges.launchedOnes(tx, organisationId);
      return found.map(({ row }) => row.id);
    });
    audience.challengeIds = asked;
    asked.catch(() => {
      if (audience.challengeIds === asked) audience.challengeIds = undefined;
    });
    return asked;
  }

  private async tellOne(board: LiveBoard, caller: MemberCaller, { told }: Audience): Promise<void> {
    const seen = this.memory.sight(board, caller);
    const sight = seen instanceof Promise ? await seen : seen;
    const { ranking, ties } = board;
    const [own, other] = sight.viewer.own;
    const at = own === undefined ? -1 : ranking.indexOf(own);
    const key = `${board.id} ${caller.memberId}`;
    if (own === undefined || at < 0) {
      told.delete(key);
      return;
    }
    const before = told.get(key);
    const around = aroundOf(ranking, at);
    const still = before?.sight === sight && before.at === at && isSame(before.around, around);
    // Who is next to another team of theirs has a name as well.
    if (still && other === undefined) return;
    const names = sight.names(ranking);
    const lines = sight.lines(ranking.rows(at - NEIGHBOURS, at + NEIGHBOURS + 1), names, ties);
    const text = JSON.stringify(lines);
    told.set(key, { text, sight, at, around });
    if (before === undefined || before.text === text) return;
    const row = lines.find(({ subject }) => subject.id === own);
    if (!row) return;
    this.gateway.emit(`member:${caller.memberId}`, 'score.changed', {
      challengeId: board.id,
      version: board.point.seq,
      rank: row.rank,
      total: ranking.size,
      row,
      neighbours: lines.filter((line) => line !== row),
    });
  }
}

function aroundOf(ranking: Ranking, at: number): Around {
  const from = Math.max(0, at - NEIGHBOURS);
  const entries: (BoardEntry | undefined)[] = [];
  for (let one = from; one <= at + NEIGHBOURS; one++) entries.push(ranking.at(one));
  return { entries, rank: ranking.rows(from, from + 1)[0]?.rank };
}

/** Whoever has not changed is the same object. */
const isSame = (a: Around, b: Around): boolean =>
  a.rank === b.rank && a.entries.every((entry, at) => entry === b.entries[at]);
