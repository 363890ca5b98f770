import { Injectable } from '@nestjs/common';
import { challengeDefinitionSchema } from '@palmares/shared/challenge/challenge';
import { sentencesOf } from '@palmares/shared/challenge/sentence';
import { AuthService } from '../auth/auth.service.js';
import { ChallengeService } from '../challenge/challenge.service.js';
import { PeopleService } from '../people/people.service.js';

@Injectable()
export class BoardLinkService {
  constructor(
    private readonly auth: AuthService,
    private readonly people: PeopleService,
    private readonly challenges: ChallengeService,
  ) {}

  /** Problems: `not-found`. */
  async create(organisationId: string, challengeId: string, createdBy: string | null = null) {
    await this.challenges.view(organisationId, challengeId);
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
    return known ?? (await this.create(organisationId, challengeId)).token;
  }

  /** Problems: `not-found`. */
  async revoke(organisationId: string, id: string): Promise<void> {
    await this.auth.revokeBoardLink(organisationId, id);
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
