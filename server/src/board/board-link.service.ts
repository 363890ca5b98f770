import { Injectable } from '@nestjs/common';
import { challengeDefinitionSchema } from '@palmares/shared/challenge/challenge';
import { sentencesOf } from '@palmares/shared/challenge/sentence';
import { AuthService } from '../auth/auth.service.js';
import { memberIdOf, type Caller } from '../auth/caller.js';
import { ChallengeService } from '../challenge/challenge.service.js';
import { SteeringService } from '../challenge/steering.service.js';
import { PeopleService } from '../people/people.service.js';
import { Database } from '../platform/database.js';

@Injectable()
export class BoardLinkService {
  constructor(
    private readonly auth: AuthService,
    private readonly people: PeopleService,
    private readonly challenges: ChallengeService,
    private readonly steering: SteeringService,
    private readonly database: Database,
  ) {}

  /** Problems: `not-found`, `beyond-teams`. */
  async create(caller: Caller, challengeId: string) {
    await this.needSteering(caller, challengeId);
    return this.make(caller.organisationId, challengeId, memberIdOf(caller));
  }

  private async make(organisationId: string, challengeId: string, createdBy: string | null) {
    const { id, token } = await this.auth.createBoardLink(organisationId, challengeId, createdBy);
    // After the '#', so that no server and no log ever sees it.
    return { id, token, path: `/board#${token}` };
  }

  /** Problems: `not-found`. */
  async list(organisationId: string, challengeId: string) {
    await this.challenges.view(organisationId, challengeId);
    return { items: await this.auth.listBoardLinks(organisationId, challengeId) };
  }

  /** The token of a link to the board that is good already, or of a new one. */
  async standing(organisationId: string, challengeId: string): Promise<string> {
    const known = await this.auth.standingBoardLink(organisationId, challengeId);
    return known ?? (await this.make(organisationId, challengeId, null)).token;
  }

  /** Problems: `not-found`, `beyond-teams`. */
  async revoke(caller: Caller, id: string): Promise<void> {
    const { organisationId } = caller;
    const challengeId = await this.auth.challengeOfLink(organisationId, id);
    await this.needSteering(caller, challengeId);
    await this.auth.revokeBoardLink(organisationId, id);
  }

  private async needSteering(caller: Caller, challengeId: string): Promise<void> {
    const { organisationId } = caller;
    await this.database.snapshot(async (tx) => {
      const { row } = await this.challenges.find(tx, organisationId, challengeId);
      await this.steering.need(tx, caller, row.definition);
    });
  }

  /** Problems: `not-found`. */
  async open(organisationId: string, challengeId: string) {
    const { name, locale, timeZone, currency } = await this.people.organisation(organisationId);
    const challenge = await this.challenges.view(organisationId, challengeId);
    const { rules } = challengeDefinitionSchema.parse({
      name: challenge.name,
      from: challenge.from,
      to: challenge.to,
      rules: challenge.rules,
    });
    return {
      organisation: { name, locale, timeZone, currency },
      challenge: { ...challenge, rules: rules.map((rule) => sentencesOf(rule, currency)) },
    };
  }
}
