import { Injectable } from '@nestjs/common';
import { difference } from '@palmares/shared/audit/audit';
import type { Charge } from '@palmares/shared/people/charge';
import { groupBy, type MemberState } from '@palmares/shared/people/people-index';
import {
  presenceViewSchema,
  workCalendar,
  workingTime,
  type PresenceInput,
} from '@palmares/shared/people/presence';
import { viewOfStretch } from '@palmares/shared/people/stretch';
import { formatScaled } from '@palmares/shared/quantity/scaled';
import type { Day } from '@palmares/shared/time/day';
import type { z } from 'zod';
import { AuditService } from '../audit/audit.service.js';
import { ProblemError } from '../http/problem-error.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import { refuseMember } from './member-access.js';
import { followLeaving, keepingAdmin } from './member-change.js';
import { findSettings } from './organisation.store.js';
import { PeopleService } from './people.service.js';
import * as people from './people.store.js';
import * as store from './presence.store.js';

@Injectable()
export class PresenceService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly people: PeopleService,
    private readonly audit: AuditService,
  ) {}

  /** A member’s presence in the words of the API. */
  async view(
    tx: Tx,
    organisationId: string,
    { id, enteredOn, leftOn }: MemberState,
  ): Promise<z.output<typeof presenceViewSchema>> {
    const workRates = await store.listWorkRates(tx, organisationId, [id]);
    const absences = await store.listAbsences(tx, organisationId, [id]);
    return {
      enteredOn,
      leftOn,
      workRates: workRates.map(({ from, rate }) => {
        return { from: viewOfStretch({ from, to: null }).from, rate: formatScaled(rate) };
      }),
      absences: absences.map(({ from, fromHalf, to, toHalf }) => ({ from, fromHalf, to, toHalf })),
    };
  }

  /**
   * Replaces a member’s presence. Problems: `not-found`, `last-admin`, `forbidden` beyond the charge
   * of the writer.
   */
  async replace(
    organisationId: string,
    id: string,
    presence: PresenceInput,
    charge: Charge = 'everybody',
  ): Promise<void> {
    const { enteredOn = null, leftOn = null } = presence;
    await this.database.transaction(async (tx) => {
      const turn = await this.people.turn(tx, organisationId);
      const before = await people.findMember(tx, organisationId, id);
      if (!before) throw new ProblemError('not-found');
      refuseMember(charge, before);
      const after = { ...before, enteredOn, leftOn };
      const today = await this.people.today(organisationId, tx);
      await keepingAdmin(tx, organisationId, today, () =>
        people.writeMembers(tx, turn, [after], this.clock.now()),
      );
      await followLeaving(tx, organisationId, before, after, today);
      await store.replacePresence(tx, organisationId, before.id, presence);
      await this.people.saved(tx, turn, [after]);
      // When somebody is away is personal: that it was said is written down, and not what.
      const what = { action: 'member.presence', subject: `member:${id}` } as const;
      await this.audit.write(tx, {
        organisationId,
        ...what,
        ...difference(before, after, ['enteredOn', 'leftOn']),
      });
    });
  }

  /**
   * How long each member is at work in a period, in 1/10 000 of a half-day: of everybody, or of
   * some members.
   */
  async workingTimes(
    tx: Tx,
    organisationId: string,
    period: { from: Day; to: Day },
    memberIds: readonly string[] | null = null,
  ): Promise<Map<string, number>> {
    const { workingWeek, holidays } = await findSettings(tx, organisationId);
    const calendar = workCalendar(
      { workingWeek, holidays: holidays.map((one) => one.day) },
      period,
    );
    const rates = await store.listWorkRates(tx, organisationId, memberIds);
    const away = await store.listAbsences(tx, organisationId, memberIds, period);
    const workRates = groupBy(rates, ({ memberId }) => memberId);
    const absences = groupBy(away, ({ memberId }) => memberId);
    const wanted = memberIds && new Set(memberIds);
    const members = (await people.listMembers(tx, organisationId)).filter(
      ({ id }) => !wanted || wanted.has(id),
    );
    return new Map(
      members.map(({ id, enteredOn, leftOn }) => {
        const presence = {
          enteredOn,
          leftOn,
          workRates: workRates.get(id) ?? [],
          absences: absences.get(id) ?? [],
        };
        return [id, workingTime(calendar, presence)];
      }),
    );
  }
}
