import { randomInt } from 'node:crypto';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { ChallengeDefinition } from '@palmares/shared/challenge/challenge';
import { challengeDefinitionSchema } from '@palmares/shared/challenge/challenge';
import { addDays, localDay, type Day } from '@palmares/shared/time/day';
import type { Logger } from 'pino';
import { PersonService } from '../auth/person.service.js';
import { BoardLinkService } from '../board/board-link.service.js';
import { ChallengeService } from '../challenge/challenge.service.js';
import { IntakeService } from '../intake/intake.service.js';
import { PeopleService, type Organisation } from '../people/people.service.js';
import { Clock } from '../platform/clock.js';
import type { Config } from '../platform/config.js';
import { CONFIG, LOGGER } from '../platform/platform.module.js';
import { demoPeople } from './demo-people.js';
import { DEMO_PASSWORD, demoSignIns } from './demo-sign-ins.js';
import { demoHistory, demoMemberId, demoSale, randomFrom } from './demo-sales.js';

/** A sale every two to seven seconds: a board that breathes. */
const PAUSE_MS = [2_000, 7_000] as const;
const SEED = 2026;

/** The first day of the month of a day, and of the month after. */
function monthOf(day: Day): { from: Day; to: Day } {
  const from = `${day.slice(0, 7)}-01`;
  return { from, to: `${addDays(from, 31).slice(0, 7)}-01` };
}

/** A small organisation whose board moves, for whoever has none of their own yet. */
@Injectable()
export class Demo implements OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private link: { challengeId: string; token: string } | undefined;
  private organisation: Organisation | undefined;
  private closed = false;

  constructor(
    private readonly clock: Clock,
    private readonly people: PeopleService,
    private readonly persons: PersonService,
    private readonly challenges: ChallengeService,
    private readonly intake: IntakeService,
    private readonly links: BoardLinkService,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Makes the demo, or goes on with it, where one is wanted. */
  async begin(embedded: boolean): Promise<void> {
    const organisations = await this.people.organisations();
    const own = organisations.some(({ demo }) => !demo);
    const wanted = this.config.demo ?? (embedded && !own ? 'on' : 'off');
    if (wanted === 'off' || this.closed) return;
    this.organisation = organisations.find(({ demo }) => demo) ?? (await this.found());
    await this.token();
    await this.letIn(this.organisation.id);
    this.logger.info('The demo is on');
    this.plan();
  }

  onApplicationShutdown(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }

  /** A board link to the challenge of this month; undefined where there is no demo. */
  async token(): Promise<string | undefined> {
    if (!this.organisation) return undefined;
    const { id } = this.organisation;
    const challengeId = await this.challengeOfTheMonth(id);
    if (this.link?.challengeId !== challengeId) {
      this.link = { challengeId, token: await this.links.standing(id, challengeId) };
    }
    return this.link.token;
  }

  /** Who may look around, and how. */
  readonly signIns = demoSignIns.map(({ role, name, email }) => {
    return { role, name, email, password: DEMO_PASSWORD };
  });

  private async letIn(organisationId: string): Promise<void> {
    for (const { role, ...names } of demoSignIns) {
      const input = { ...names, roles: [role], kind: 'employee' as const };
      const saved = await this.people.saveMembers(organisationId, [input]);
      const [id = ''] = [...saved.created, ...saved.updated, ...saved.unchanged];
      await this.persons.admit(organisationId, id, DEMO_PASSWORD);
    }
  }

  private async found(): Promise<Organisation> {
    const input = { name: 'Maison Durable', timeZone: 'Europe/Paris', currency: 'EUR' } as const;
    const organisation = await this.people.createOrganisation({ ...input, locale: 'fr' }, true);
    const members = demoPeople.map((name, index) => ({
      externalId: demoMemberId(index),
      name,
      roles: ['rep' as const],
      kind: 'employee' as const,
    }));
    await this.people.saveMembers(organisation.id, members);
    return organisation;
  }

  private async challengeOfTheMonth(organisationId: string): Promise<string> {
    const today = localDay('Europe/Paris')(this.clock.now().getTime());
    const month = monthOf(today);
    const { items } = await this.challenges.list(organisationId, { limit: 1 });
    const latest = items[0];
    if (latest?.from === month.from && latest.status !== 'draft') return latest.id;
    const activities = demoHistory(SEED, month.from, today);
    await this.intake.record(organisationId, { mode: 'partial', activities });
    const id = await this.challenges.create(organisationId, sprint(month));
    await this.challenges.launch(organisationId, id);
    return id;
  }

  private plan(): void {
    if (this.closed) return;
    this.timer = setTimeout(() => void this.sell(), randomInt(...PAUSE_MS));
  }

  private async sell(): Promise<void> {
    try {
      await this.token();
      const now = this.clock.now();
      const random = randomFrom(randomInt(2 ** 32 - 1));
      const sale = demoSale(random, `sale-${now.getTime()}`, now.toISOString());
      await this.intake.record(this.organisation?.id ?? '', {
        mode: 'partial',
        activities: [sale],
      });
    } catch (error) {
      if (!this.closed) this.logger.warn({ err: error }, 'the demo could not make a sale');
    }
    this.plan();
  }
}

function sprint(month: { from: Day; to: Day }): ChallengeDefinition {
  return challengeDefinitionSchema.parse({
    name: 'Sprint du mois\u00a0: rénovation énergétique',
    ...month,
    rules: [{ type: 'per-unit', kpi: 'revenue', score: '1', per: '1000' }],
  });
}
