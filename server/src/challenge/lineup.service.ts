import { Injectable } from '@nestjs/common';
import type { CompiledChallenge } from '@palmares/shared/challenge/compile';
import { Lineup } from '@palmares/shared/challenge/lineup';
import type { People } from '@palmares/shared/people/membership';
import type { Day } from '@palmares/shared/time/day';
import { PeopleService } from '../people/people.service.js';
import type { Turn } from '../people/sequence.js';
import type { Tx } from '../platform/database.js';
import type { RunningChallenge } from './scoring.js';

interface Remembered {
  peopleSeq: number;
  people: People;
}

/** Who is in which team, and who has left, for the challenges whose scores depend on it. */
@Injectable()
export class LineupService {
  private readonly remembered = new Map<string, Remembered>();
  /** Those of turns that have changed people; not for others, since these may roll back. */
  private readonly changed = new WeakMap<Turn, People>();
  private readonly lineups = new WeakMap<CompiledChallenge, { people: People; lineup: Lineup }>();

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
   * The teams before this turn changed people, if these are remembered; the challenge after it, and
   * who has left.
   */
  async change(tx: Tx, turn: Turn, challenge: RunningChallenge) {
    const { compiled, definition, leftBy } = challenge;
    const people = await this.present(tx, turn);
    const known = this.remembered.get(turn.organisationId);
    const teams = definition.audience.kind === 'teams' && known?.peopleSeq === turn.peopleSeq;
    return {
      before: teams ? new Lineup(known.people, compiled, definition.observers) : undefined,
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

  private async present(tx: Tx, turn: Turn): Promise<People> {
    const { organisationId, peopleSeq } = turn;
    const fresh = this.changed.get(turn);
    if (fresh) return fresh;
    const known = this.remembered.get(organisationId);
    if (known?.peopleSeq === peopleSeq) return known.people;
    const people = await this.people.everybody(tx, organisationId);
    this.remembered.set(organisationId, { peopleSeq, people });
    return people;
  }

  private joined(challenge: RunningChallenge, people: People): RunningChallenge {
    const { compiled, definition, leftBy } = challenge;
    if (definition.audience.kind !== 'teams') {
      return { ...challenge, hasLeft: (id) => isBefore(people.members.get(id)?.leftOn, leftBy) };
    }
    const known = this.lineups.get(compiled);
    if (known?.people === people) return { ...challenge, lineup: known.lineup };
    const lineup = new Lineup(people, compiled, definition.observers);
    this.lineups.set(compiled, { people, lineup });
    return { ...challenge, lineup };
  }
}

/** True where scores depend on people. */
export const depends = ({ definition }: RunningChallenge): boolean =>
  definition.audience.kind === 'teams' || definition.leavers === 'leave';

const isBefore = (leftOn: Day | null | undefined, day: Day | null): boolean =>
  Boolean(leftOn && day && leftOn <= day);
