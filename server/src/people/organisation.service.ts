import { Injectable } from '@nestjs/common';
import { difference } from '@palmares/shared/audit/audit';
import type { SettingsChange, SettingsView } from '@palmares/shared/people/organisation-settings';
import { AuditService } from '../audit/audit.service.js';
import { Database } from '../platform/database.js';
import * as store from './organisation.store.js';
import { PeopleService } from './people.service.js';

/** What an organisation may say of itself. */
@Injectable()
export class OrganisationService {
  constructor(
    private readonly database: Database,
    private readonly people: PeopleService,
    private readonly audit: AuditService,
  ) {}

  /** Problems: `not-found`. */
  async settings(organisationId: string): Promise<SettingsView> {
    return this.database.read((tx) => store.findSettings(tx, organisationId));
  }

  /** Changes what is named. Problems: `not-found`. */
  async change(organisationId: string, change: SettingsChange): Promise<void> {
    await this.database.transaction(async (tx) => {
      const turn = await this.people.turn(tx, organisationId);
      const known = await store.findSettings(tx, organisationId);
      const named = Object.entries(change).filter(([, value]) => value !== undefined);
      const settings: SettingsView = { ...known, ...Object.fromEntries(named) };
      settings.workingWeek = settings.workingWeek.toSorted((a, b) => a - b);
      await store.updateSettings(tx, settings);
      if (change.holidays) await store.replaceHolidays(tx, settings);
      await this.people.saved(tx, turn);
      const what = {
        action: 'organisation.change',
        subject: `organisation:${organisationId}`,
      } as const;
      const fields = [
        ...(['name', 'locale', 'workingWeek', 'historyFrom'] as const),
        ...(['activityTypes', 'holidays'] as const),
      ];
      await this.audit.write(tx, {
        organisationId,
        ...what,
        ...difference(known, settings, fields),
      });
      tx.afterCommit(() => this.people.forgetSettings());
    });
  }
}
