import {
  namesFor,
  seenLines,
  type Names,
  type Order,
  type Veil,
  type Viewer,
} from '@palmares/shared/board/view';
import type { Subject } from '@palmares/shared/board/board';
import type { TieBreak } from '@palmares/shared/challenge/tie';
import type { Visibility } from '@palmares/shared/challenge/visibility';

/** Standings as far as it matters who is seen in them, best first. */
type Standings = readonly { subjectId: string; rank: number | null }[];

/** What one caller sees of one challenge. */
export class Sight {
  constructor(
    readonly viewer: Viewer,
    readonly policy: Visibility,
    readonly veil: Veil,
    private readonly type: Subject['type'],
  ) {}

  /** Whom the caller may see by name in a ranking. */
  names(order: Order): Names {
    return namesFor(order, this.viewer, this.policy);
  }

  namesIn(standings: Standings): Names {
    const entries = standings.map(({ subjectId, rank }) => {
      const subject = { type: this.type, id: subjectId, label: null };
      return { subject, reason: rank === null ? 'unranked' : null };
    });
    return this.names({
      size: entries.length,
      at: (index) => entries[index],
      indexOf: (id) => standings.findIndex(({ subjectId }) => subjectId === id),
    });
  }

  /** Whom the caller may see by name of those who are in it, by themselves or in a team. */
  people(names: Names): Names {
    const { all, inside, also } = this.viewer;
    if (this.type === 'member') return names;
    return all || (inside && this.policy === 'audience') ? 'everybody' : also;
  }

  /** Somebody as the caller sees them. */
  subject<Label>(names: Names, id: string, label: Label): { id: string; label: Label | null } {
    return mayName(names, id) ? { id, label } : { id: this.veil(id), label: null };
  }

  /** Lines of the board as the caller sees them. */
  lines<Line extends Parameters<typeof seenLines>[0][number]>(
    lines: readonly Line[],
    names: Names,
    ties: TieBreak,
  ): Line[] {
    return seenLines(lines, names, this.veil, ties);
  }

  /** True for whom the caller is or answers for: their proofs are open to them. */
  answersFor(subjectId: string): boolean {
    const { all, own, also } = this.viewer;
    return all || own.includes(subjectId) || also.has(subjectId);
  }
}

export const mayName = (names: Names, id: string): boolean =>
  names === 'everybody' || names.has(id);
