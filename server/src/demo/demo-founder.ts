import { Injectable } from '@nestjs/common';
import { memberEntrySchema, type MemberEntry } from '@palmares/shared/people/member';
import { presenceInputSchema } from '@palmares/shared/people/presence';
import { targetRowSchema, type TargetRow } from '@palmares/shared/target/target';
import { addDays } from '@palmares/shared/time/day';
import { PersonService } from '../auth/person.service.js';
import { MemberService } from '../people/member.service.js';
import { OrganisationService } from '../people/organisation.service.js';
import { PeopleService } from '../people/people.service.js';
import { PresenceService } from '../people/presence.service.js';
import { TeamService } from '../people/team.service.js';
import { Database } from '../platform/database.js';
import { TargetService } from '../target/target.service.js';
import { addMonths, holidaysBetween, monthOf, seasonOf } from './demo-calendar.js';
import { memberOf, type Cast } from './demo-cast.js';
import { agencyName, demoAgencies, demoEmail, demoRegions } from './demo-people.js';
import { historyFrom, rosterOf, type DemoPlan, type DemoRep } from './demo-roster.js';
import { DEMO_PASSWORD, demoSignIns } from './demo-sign-ins.js';

/** What a rep of ordinary strength sells in an ordinary month, in euros. */
const MONTHLY = 52_000;

const hundreds = (value: number) => String(Math.round(value / 500) * 500);

/** Makes the house: its people, agencies and calendar, who may look around, and what is expected. */
@Injectable()
export class DemoFounder {
  constructor(
    private readonly database: Database,
    private readonly people: PeopleService,
    private readonly members: MemberService,
    private readonly teams: TeamService,
    private readonly presence: PresenceService,
    private readonly settings: OrganisationService,
    private readonly persons: PersonService,
    private readonly targets: TargetService,
  ) {}

  async cast(organisationId: string): Promise<Cast> {
    const { members } = await this.database.read((tx) => this.people.everybody(tx, organisationId));
    const { items: teams } = await this.teams.list(organisationId, { limit: 100 });
    const memberIds = new Map<string, string>();
    for (const { id, externalId, email } of members.values()) {
      if (externalId) memberIds.set(externalId, id);
      if (email) memberIds.set(email, id);
    }
    const teamIds = new Map(teams.map(({ externalId, id }) => [externalId ?? id, id]));
    return { organisationId, memberIds, teamIds };
  }

  /** The house before anybody sells. */
  async found(organisationId: string, plan: DemoPlan): Promise<void> {
    const from = historyFrom(plan);
    const holidays = holidaysBetween(from, addDays(plan.day, 120));
    await this.settings.change(organisationId, { historyFrom: from, holidays });
    const office = [
      ...demoSignIns.filter(({ role }) => role !== 'rep'),
      ...[...demoAgencies.map(({ chief }) => chief), ...demoRegions.map((one) => one.director)].map(
        (name) => ({ name, email: demoEmail(name), role: 'manager' as const }),
      ),
    ];
    const unique = [...new Map(office.map((one) => [one.email, one])).values()];
    await this.save(
      organisationId,
      unique.map(({ name, email, role }) => ({ name, email, externalId: email, roles: [role] })),
    );
    await this.makeTeams(await this.cast(organisationId));
    await this.hire(organisationId, plan);
  }

  /** Whoever may look around, may enter. */
  async letIn(organisationId: string): Promise<void> {
    const cast = await this.cast(organisationId);
    for (const { email } of demoSignIns) {
      await this.persons.admit(organisationId, memberOf(cast, email), DEMO_PASSWORD);
    }
  }

  /** What is expected of each rep: revenue and sales a month, until the end of the quarter to come. */
  async expect(organisationId: string, plan: DemoPlan): Promise<void> {
    const rows: TargetRow[] = [];
    const last = addMonths(monthOf(plan.day), 5);
    for (const rep of rosterOf(plan)) {
      for (let month = monthOf(historyFrom(plan)); month < last; month = addMonths(month, 1)) {
        if (rep.leftOn !== null && month >= rep.leftOn) continue;
        const revenue = MONTHLY * seasonOf(month) * (0.72 + 0.28 * rep.strength) * rep.rate;
        const member = { externalId: rep.externalId };
        const period = month.slice(0, 7);
        const sales = String(Math.max(1, Math.round(revenue / 9_200)));
        const values = { revenue: hundreds(revenue), 'sales-count': sales };
        for (const [kpi, value] of Object.entries(values)) {
          rows.push(targetRowSchema.parse({ kpi, period, member, value }));
        }
      }
    }
    await this.targets.saveTargets(organisationId, rows);
  }

  private async save(organisationId: string, entries: readonly object[]): Promise<void> {
    const list: MemberEntry[] = entries.map((entry) => memberEntrySchema.parse(entry));
    const { refused } = await this.people.saveMembers(organisationId, list);
    if (refused.length > 0) throw new Error(`the demo refuses ${JSON.stringify(refused[0])}`);
  }

  private async makeTeams(cast: Cast): Promise<void> {
    const managed = (name: string) => {
      const memberId = memberOf(cast, demoEmail(name));
      return [{ memberId, from: '1900-01-01', to: null, standIn: false }];
    };
    const make = async (name: string, parentId: string | null, boss: string) => {
      const known = cast.teamIds.get(name);
      const team = { externalId: name, name, parentId, managers: managed(boss) };
      return known ?? this.teams.create(cast.organisationId, team);
    };
    const regions: string[] = [];
    for (const { name, director } of demoRegions) regions.push(await make(name, null, director));
    for (const { town, region, chief } of demoAgencies) {
      await make(agencyName(town), regions[region] ?? null, chief);
    }
  }

  private async hire(organisationId: string, plan: DemoPlan): Promise<void> {
    const roster = rosterOf(plan);
    await this.save(
      organisationId,
      roster.map(({ name, email, externalId, agencies }) => {
        const team = agencyName(demoAgencies[agencies[0]?.agency ?? 0]?.town ?? '');
        return { name, email, externalId, roles: ['rep'], team };
      }),
    );
    const cast = await this.cast(organisationId);
    for (const rep of roster) await this.detail(cast, rep);
  }

  private async detail(cast: Cast, rep: DemoRep): Promise<void> {
    const id = memberOf(cast, rep.externalId);
    const { organisationId } = cast;
    const { enteredOn, leftOn, rate, absences, agencies } = rep;
    const workRates = rate < 1 ? [{ rate: String(rate) }] : [];
    const presence = { enteredOn, leftOn, workRates, absences };
    await this.presence.replace(organisationId, id, presenceInputSchema.parse(presence));
    if (agencies.length === 1) return;
    const teams = agencies.map(({ agency, from }, index) => {
      const teamId = cast.teamIds.get(agencyName(demoAgencies[agency]?.town ?? '')) ?? '';
      return { teamId, from: from ?? '1900-01-01', to: agencies[index + 1]?.from ?? null };
    });
    await this.members.change(organisationId, id, { teams });
  }
}
