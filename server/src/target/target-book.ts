import type { MemberStretch } from '@palmares/shared/people/membership';
import type { Stretch } from '@palmares/shared/people/stretch';
import type { Team } from '@palmares/shared/people/team';
import { minus, plus, type Fraction } from '@palmares/shared/quantity/fraction';
import { targetOver, type Target } from '@palmares/shared/target/target';
import type { Window } from '@palmares/shared/time/period';
import type { StoredTarget } from './target.store.js';

export interface Aim {
  value: Fraction;
  source: 'own' | 'parts' | 'members';
}

/** The teams that are looked at, and who is in them. */
interface Tree {
  teams: readonly Team[];
  membersOf(teamIds: ReadonlySet<string>): MemberStretch[];
  branchesOf(ids: Iterable<string>): Set<string>;
}

/** The targets of a KPI in a window: of members, of teams, and of all together. */
export class TargetBook {
  private readonly bySubject = new Map<string, Target[]>();

  constructor(
    private readonly window: Window,
    targets: readonly StoredTarget[],
    private readonly tree: Tree,
  ) {
    for (const target of targets) {
      const known = this.bySubject.get(target.subjectId);
      if (known) known.push(target);
      else this.bySubject.set(target.subjectId, [target]);
    }
  }

  has(id: string): boolean {
    return this.bySubject.has(id);
  }

  private own(id: string): Aim | undefined {
    const targets = this.bySubject.get(id) ?? [];
    const value = targetOver(targets, this.window);
    if (!value) return undefined;
    const { from, to } = this.window;
    const whole = targets.some((one) => one.from === from && one.to === to);
    return { value, source: whole ? 'own' : 'parts' };
  }

  ofMember(id: string): Aim | undefined {
    return this.own(id);
  }

  /** Its own, else what its members have by the days on which they are in it or below it. */
  ofTeam(id: string): Aim | undefined {
    const own = this.own(id);
    if (own) return own;
    const parts = this.parts(this.tree.branchesOf([id]));
    const value = sum([...parts.values()]);
    return value && { value, source: 'members' };
  }

  /** By member, the part of their target that falls to the days in some teams. */
  private parts(teamIds: ReadonlySet<string>): Map<string, Fraction> {
    const stretches = new Map<string, Stretch[]>();
    for (const { memberId, from, to } of this.tree.membersOf(teamIds)) {
      if (!this.bySubject.has(memberId)) continue;
      stretches.set(memberId, [...(stretches.get(memberId) ?? []), { from, to }]);
    }
    const parts = new Map<string, Fraction>();
    for (const [memberId, days] of stretches) {
      const part = targetOver(this.bySubject.get(memberId) ?? [], this.window, days);
      if (part) parts.set(memberId, part);
    }
    return parts;
  }

  /**
   * Of all that are shown. Of the whole organisation it is what the teams at the top are to reach,
   * and what members have outside of any team.
   */
  total(by: 'member' | 'team', ids: readonly string[], partial: boolean): Fraction | undefined {
    if (partial && by === 'member') return sum(ids.flatMap((id) => this.own(id)?.value ?? []));
    const shown = new Set(this.tree.teams.map(({ id }) => id));
    const top = this.tree.teams.filter(({ parentId }) => !parentId || !shown.has(parentId));
    const ofTeams = top.flatMap(({ id }) => this.ofTeam(id)?.value ?? []);
    if (partial) return sum(ofTeams);
    const inside = this.parts(this.tree.branchesOf(shown));
    const outside = [...this.bySubject.keys()]
      .filter((id) => !shown.has(id))
      .flatMap((id) => {
        const whole = this.own(id)?.value;
        const part = inside.get(id);
        return whole ? (part ? minus(whole, part) : whole) : [];
      });
    return sum([...ofTeams, ...outside]);
  }
}

function sum(values: readonly Fraction[]): Fraction | undefined {
  return values.length === 0 ? undefined : values.reduce(plus);
}
