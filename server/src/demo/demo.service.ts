import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { addDays, daysBetween, localDay, type Day } from '@palmares/shared/time/day';
import type { Logger } from 'pino';
import { ClosingService } from '../auth/closing.service.js';
import { DemoGate } from '../auth/demo-gate.js';
import { BoardLinkService } from '../board/board-link.service.js';
import { ChallengeService } from '../challenge/challenge.service.js';
import { OrganisationService } from '../people/organisation.service.js';
import { PeopleService, type Organisation } from '../people/people.service.js';
import { Clock } from '../platform/clock.js';
import type { Config } from '../platform/config.js';
import { Database } from '../platform/database.js';
import { CONFIG, LOGGER } from '../platform/platform.module.js';
import { mondayOf } from './demo-calendar.js';
import { sprintOf } from './demo-challenges.js';
import { DemoEvents } from './demo-events.js';
import { DemoFounder } from './demo-founder.js';
import { historyFrom, WHOLE, type DemoPlan, type DemoSize } from './demo-roster.js';
import { DEMO_PASSWORD, demoSignIns } from './demo-sign-ins.js';
import { DemoSimulator } from './demo-simulator.js';
import { DemoStory } from './demo-story.js';
import { alone } from './demo-turn.js';
import * as store from './demo.store.js';

const ZONE = 'Europe/Paris';
const NAME = 'Maison Durable';
const SEED = 2026;
/** Another generator makes another demo; the one before is put aside. */
const EDITION = 1;
/** A demo that is older than this is told anew at the next start. */
const FRESH_DAYS = 10;

/** A whole sales force for whoever has none of their own yet: its past, and a board that moves. */
@Injectable()
export class Demo implements OnApplicationShutdown {
  private plan: DemoPlan | undefined;
  private organisation: Organisation | undefined;
  private link: { challengeId: string; token: string } | undefined;
  private told = 0;
  private ready = false;
  private closed = false;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly people: PeopleService,
    private readonly settings: OrganisationService,
    private readonly challenges: ChallengeService,
    private readonly closing: ClosingService,
    private readonly gate: DemoGate,
    private readonly founder: DemoFounder,
    private readonly events: DemoEvents,
    private readonly story: DemoStory,
    private readonly simulator: DemoSimulator,
    private readonly links: BoardLinkService,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Before anybody is let in: where no demo is wanted, those that there are are closed, since
   * everybody knows their passwords. Answers whether one is wanted.
   */
  async prepare(embedded: boolean): Promise<boolean> {
    this.gate.isOpen = await this.isWanted(embedded);
    if (!this.gate.isOpen) {
      for (const id of await this.closing.openDemos()) {
        await this.closing.close(id);
        // It cannot be gone on with: nobody is in it any more.
        await this.database.transaction((tx) => store.dropDemo(tx, id));
      }
    }
    return this.gate.isOpen;
  }

  /** Makes the demo, or goes on with it, where one is wanted. */
  async begin(embedded: boolean, size: DemoSize = WHOLE): Promise<void> {
    if (this.closed || !(await this.prepare(embedded))) return;
    // Live sales of today would fall among the days of the story.
    this.simulator.stop();
    try {
      if (await this.made(size)) this.live();
    } catch (error) {
      if (!this.closed) this.logger.error({ err: error }, 'The demo cannot be made');
    }
  }

  /** Said by the environment, or where nobody has an organisation of their own yet. */
  async isWanted(embedded: boolean): Promise<boolean> {
    if (this.config.demo) return this.config.demo === 'on';
    return embedded && !(await this.people.organisations()).some(({ demo }) => !demo);
  }

  onApplicationShutdown(): void {
    this.closed = true;
  }

  /** Puts the demo aside and makes another one. */
  async reset(size: DemoSize = WHOLE): Promise<{ organisationId: string }> {
    await alone(this.database, async () => {
      const known = await this.database.read(store.findDemo);
      if (known) await this.database.transaction((tx) => store.dropDemo(tx, known.organisationId));
      await this.make(size);
    });
    return { organisationId: this.organisation?.id ?? '' };
  }

  /** The way in; undefined where there is no demo. */
  async entrance() {
    if (!this.organisation) return undefined;
    const signIns = demoSignIns.map((one) => ({ ...one, password: DEMO_PASSWORD }));
    if (!this.ready) return { ready: false, told: this.told, boardToken: null, signIns };
    return { ready: true, told: 1, boardToken: await this.token(), signIns };
  }

  private today(): Day {
    return localDay(ZONE)(this.clock.now().getTime());
  }

  /** The same where several processes begin at once: one makes it, and the others look on. */
  private async made(size: DemoSize): Promise<boolean> {
    const watch = async () => {
      const row = await this.database.read(store.findDemo);
      if (row) await this.show(row, { ...size, seed: SEED, day: row.day });
      return !this.closed;
    };
    return (await alone(this.database, () => this.make(size), watch)) ?? false;
  }

  /** Lets people in, or tells how far it is. */
  private async show(row: store.DemoRow, plan: DemoPlan): Promise<void> {
    this.plan = plan;
    this.organisation = await this.people.organisation(row.organisationId);
    this.told = row.step === null ? 1 : this.story.toldOf(row, plan);
  }

  /** True once all of it is there; false where the server ends before. */
  private async make(size: DemoSize): Promise<boolean> {
    const begun = performance.now();
    const known = await this.database.read(store.findDemo);
    const good = known?.edition === EDITION && daysBetween(known.day, this.today()) <= FRESH_DAYS;
    await this.putAside(good ? known.organisationId : undefined);
    const row = good ? known : await this.found(size);
    const plan = { ...size, seed: SEED, day: row.day };
    await this.show(row, plan);
    if (row.step === null) await this.story.catchUp(row, plan);
    else {
      const going = (told: number) => {
        this.told = told;
        return !this.closed;
      };
      if (!(await this.story.tell(row, plan, going))) return false;
    }
    this.ready = true;
    const seconds = Math.round((performance.now() - begun) / 100) / 10;
    this.logger.info({ seconds }, 'The demo is on');
    return true;
  }

  private live(): void {
    const { organisation, plan } = this;
    if (!organisation || !plan || this.closed) return;
    this.simulator.begin(organisation.id, plan, async () => {
      await this.follow();
      if (this.organisation) await this.token();
      return this.organisation !== undefined;
    });
  }

  /** Another process may have closed this demo, and perhaps made the next one. */
  private async follow(): Promise<void> {
    const row = await this.database.read(store.findDemo);
    if (!row) this.organisation = undefined;
    if (!row || !this.plan || row.organisationId === this.organisation?.id) return;
    if (row.step !== null) return;
    this.organisation = await this.people.organisation(row.organisationId);
    this.plan = { ...this.plan, day: row.day };
    this.live();
  }

  private async found(size: DemoSize): Promise<store.DemoRow> {
    const day = this.today();
    const first = historyFrom({ ...size, seed: SEED, day });
    const input = { name: NAME, timeZone: ZONE, currency: 'EUR', locale: 'fr' } as const;
    const { id } = await this.clock.during(new Date(`${first}T05:00:00Z`), () =>
      this.people.createOrganisation(input, true),
    );
    const row = { organisationId: id, edition: EDITION, day, step: 0, until: addDays(day, -1) };
    await this.database.transaction((tx) => store.insertDemo(tx, row));
    return row;
  }

  /** Demos that are not this one stay as they are, as nothing of a ledger is erased; nobody enters. */
  private async putAside(current: string | undefined): Promise<void> {
    for (const { id, name, demo } of await this.people.organisations()) {
      if (!demo || id === current) continue;
      await this.closing.close(id);
      if (name === NAME) await this.settings.change(id, { name: `${NAME} (${this.today()})` });
    }
  }

  /** A board link to the sprint of these weeks. */
  private async token(): Promise<string> {
    const organisationId = this.organisation?.id ?? '';
    const challengeId =
      (await this.sprint(organisationId)) ?? (await this.nextSprint(organisationId));
    if (this.link?.challengeId !== challengeId) {
      const standing = () => this.links.standing(organisationId, challengeId);
      this.link = { challengeId, token: (await alone(this.database, standing)) ?? '' };
    }
    return this.link.token;
  }

  private async sprint(organisationId: string): Promise<string | undefined> {
    const { items } = await this.challenges.list(organisationId, { limit: 50 });
    const running = items.find(
      ({ status, name }) => status === 'live' && name.startsWith('Sprint'),
    );
    return running?.id;
  }

  /** When one sprint is over the next one begins: one of them, however many look for it. */
  private async nextSprint(organisationId: string): Promise<string> {
    const launched = await alone(this.database, async () => {
      const definition = sprintOf(mondayOf(this.today()));
      return (
        (await this.sprint(organisationId)) ??
        this.events.launch(await this.founder.cast(organisationId), { definition })
      );
    });
    return launched ?? '';
  }
}
