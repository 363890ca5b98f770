import { Injectable } from '@nestjs/common';
import { Attendance } from '@palmares/shared/challenge/attendance';
import { readsTeams } from '@palmares/shared/challenge/audience';
import type { CompiledChallenge } from '@palmares/shared/challenge/compile';
import { Lineup } from '@palmares/shared/challenge/lineup';
import type { People } from '@palmares/shared/people/membership';
import type { Day } from '@palmares/shared/time/day';
import { PeopleService, type MemberRow } from '../people/people.service.js';
import type { Turn } from '../people/sequence.js';
import type { Tx } from '../platform/database.js';
import type { RunningChallenge } from './scoring.js';

type Everybody = People<MemberRow>;

interface Remembered {
  peopleSeq: number;
  people: Everybody;
}

/** Of whose days the subjects of a challenge are composed. */
type Composed = Pick<RunningChallenge, 'lineup' | 'attendance'>;

/** Who is in which team, and who has left, for the challenges whose scores depend on it. */
@Injectable()
export class LineupService {
  private readonly remembered = new Map<string, Remembered>();
  /** Those of turns that have changed people; not for others, since these may roll back. */
  private readonly changed = new WeakMap<Turn, Everybody>();
  private readonly made = new WeakMap<CompiledChallenge, { people: Everybody } & Composed>();

  constructor(private readonly people: PeopleService) {}

  /** A challenge with those of whom its subjects are made, as this turn finds or has made them. */
  async join(tx: Tx, turn: Turn, challenge: RunningChallenge): Promise<RunningChallenge> {
    return depends(challenge) ? this.joined(challenge, await this.present(tx, turn)) : challenge;
  }

  /** The same as stored. */
  async joinStored(
    tx: Tx,
    organisationId: string,
    challenge: RunningChallenge,
  ): Promise<RunningChallenge> {
    if (!depends(challenge)) return challenge;
    return this.joined(challenge, await this.people.everybody(tx, organisationId));
  }

  /**
   * What subjects were composed of before this turn changed people, if that is remembered; the
   * challenge after it, and who has left.
   */
  async change(tx: Tx, turn: Turn, challenge: RunningChallenge) {
    const { leftBy } = challenge;
    const people = await this.present(tx, turn);
    const known = this.remembered.get(turn.organisationId);
    const before = known?.peopleSeq === turn.peopleSeq ? composed(challenge, known.people) : {};
    return {
      before: before.lineup ?? before.attendance,
      after: this.joined(challenge, people),
      gone: [...people.members].flatMap(([id, { leftOn }]) =>
        isBefore(leftOn, leftBy) ? [id] : [],
      ),
    };
  }

  /** To be called in a turn that has changed people, before anything is asked in it. */
  async follow(tx: Tx, turn: Turn): Promise<void> {
    this.changed.set(turn, await this.people.everybody(tx, turn.organisationId));
  }

  /** Who there is, as this turn finds or has made them. */
  async present(tx: Tx, turn: Turn): Promise<Everybody> {
    const { organisationId, peopleSeq } = turn;
    const fresh = this.changed.get(turn);
    if (fresh) return fresh;
    const known = this.remembered.get(organisationId);
    if (known?.peopleSeq === peopleSeq) return known.people;
    const people = await this.people.everybody(tx, organisationId);
    this.remembered.set(organisationId, { peopleSeq, people });
    return people;
  }

  private joined(challenge: RunningChallenge, people: Everybody): RunningChallenge {
    const { compiled, definition, leftBy } = challenge;
    if (!readsTeams(definition.audience)) {
      return { ...challenge, hasLeft: (id) => isBefore(people.members.get(id)?.leftOn, leftBy) };
    }
    const known = this.made.get(compiled);
    const made = known?.people === people ? known : { people, ...composed(challenge, people) };
    this.made.set(compiled, made);
    const { lineup, attendance } = made;
    if (lineup) return { ...challenge, lineup };
    if (!attendance) return challenge;
    return { ...challenge, attendance, hasLeft: (id) => attendance.hasLeft(id, leftBy) };
  }
}

/** True where scores depend on people. */
export const depends = ({ definition }: RunningChallenge): boolean =>
  readsTeams(definition.audience) || definition.leavers === 'leave';

function composed({ compiled, definition }: RunningChallenge, people: Everybody): Composed {
  const { audience, observers } = definition;
  if (audience.kind === 'teams') return { lineup: new Lineup(people, compiled, observers) };
  if (audience.kind !== 'team-members') return {};
  return { attendance: Attendance.of(people, compiled, audience.teamIds, observers) };
}

const isBefore = (leftOn: Day | null | undefined, day: Day | null): boolean =>
  Boolean(leftOn && day && leftOn <= day);
