import { Injectable } from '@nestjs/common';
import { formatScaled } from '@palmares/shared/quantity/scaled';
import type { Caller } from '../auth/caller.js';
import { PeopleService } from '../people/people.service.js';
import { momentOf, seqBefore } from '../people/sequence.js';
import { Database, type Tx } from '../platform/database.js';
import { ChallengeService, type Found } from './challenge.service.js';
import { ScoreService } from './score.service.js';
import type { NamedStanding } from './scoring.js';
import type { Sight } from './sight.js';
import { SightService } from './sight.service.js';

interface Place {
  rank: number | null;
  score: string;
}

/** Somebody whose place or score is not what it was. */
export interface StandingDifference {
  subject: { id: string; label: string | null };
  before: Place | null;
  after: Place | null;
}

export interface Differences {
  /** The instant that is compared with; null where nothing can differ yet. */
  since: string | null;
  items: StandingDifference[];
}

/** What late data has moved: since the window was over, or, beside what is final, since the end. */
@Injectable()
export class DifferenceService {
  constructor(
    private readonly database: Database,
    private readonly people: PeopleService,
    private readonly challenges: ChallengeService,
    private readonly scores: ScoreService,
    private readonly sights: SightService,
  ) {}

  /** Problems: `not-found`. */
  async list(caller: Caller, id: string): Promise<Differences> {
    const { organisationId } = caller;
    return this.database.snapshot(async (tx) => {
      const found = await this.challenges.find(tx, organisationId, id);
      const { row, challenge, status } = found;
      const sight = await this.sights.found(tx, caller, found);
      if (status === 'certified') {
        const { final, anew } = await this.beside(tx, organisationId, found);
        return {
          since: row.certifiedAt?.toISOString() ?? null,
          items: differing(final, anew, sight),
        };
      }
      if (status !== 'provisional') return { since: null, items: [] };
      const { timeZone } = await this.people.organisation(organisationId, tx);
      const seq = await seqBefore(tx, organisationId, challenge.definition.to, timeZone);
      const then = await this.scores.standingsAsOf(tx, organisationId, challenge, seq);
      const now = await this.scores.standings(tx, organisationId, challenge);
      const since = await momentOf(tx, organisationId, seq);
      // A challenge on days that were over at its launch has no board of then.
      const items = then.length === 0 ? [] : differing(then, now, sight);
      return { since: then.length === 0 ? null : since.toISOString(), items };
    });
  }

  /**
   * What is final, beside what the data of today would give. Scores from before fractions were kept
   * were rounded on the way: where the data that counted gives the score of today as well, only the
   * rounding differs, and nothing has come later.
   */
  private async beside(tx: Tx, organisationId: string, { row, challenge }: Found) {
    const final = await this.scores.standings(tx, organisationId, challenge);
    const anew = await this.scores.standingsAnew(tx, organisationId, challenge);
    const old = final.every(({ exact }) => exact === null);
    if (!old || anew.every(({ exact }) => exact === null)) return { final, anew };
    const seq = row.certifiedSeq ?? undefined;
    const then = await this.scores.standingsAnew(tx, organisationId, challenge, seq);
    const before = new Map(then.map((one) => [one.subjectId, one]));
    const kept = new Map(final.map((one) => [one.subjectId, one]));
    const moved = anew.map((one) => {
      const [was, stored] = [before.get(one.subjectId), kept.get(one.subjectId)];
      if (!stored || was?.score !== one.score || was.exact !== one.exact) return one;
      return { ...one, score: stored.score, rank: was.rank === one.rank ? stored.rank : one.rank };
    });
    return { final, anew: moved };
  }
}

export function differing(
  before: readonly NamedStanding[],
  after: readonly NamedStanding[],
  sight: Sight,
): StandingDifference[] {
  const earlier = new Map(before.map((one) => [one.subjectId, one]));
  const later = new Map(after.map((one) => [one.subjectId, one]));
  const names = sight.namesIn(after);
  const ids = [...new Set([...later.keys(), ...earlier.keys()])];
  return ids.flatMap((id) => {
    const [was, is] = [earlier.get(id), later.get(id)];
    if (was?.rank === is?.rank && was?.score === is?.score) return [];
    const label = is?.label ?? was?.label ?? '';
    return [{ subject: sight.subject(names, id, label), before: placeOf(was), after: placeOf(is) }];
  });
}

const placeOf = (one: NamedStanding | undefined): Place | null =>
  one ? { rank: one.rank, score: formatScaled(one.score) } : null;
