import { Injectable } from '@nestjs/common';
import { challengeDefinitionSchema } from '@palmares/shared/challenge/challenge';
import { ruleTypeOf, type Rule } from '@palmares/shared/challenge/rules/registry';
import { catalogue } from '@palmares/shared/kpi/catalogue/registry';
import { AuthService } from '../auth/auth.service.js';
import { ChallengeService } from '../challenge/challenge.service.js';
import { PeopleService } from '../people/people.service.js';

const languages = ['fr', 'en'] as const;

/** A rule as a sentence in each language. */
function sentences(rule: Rule, currency: string) {
  const entries = languages.map((locale) => {
    const money = { style: 'currency', currency, maximumFractionDigits: 2 } as const;
    const percent = { style: 'percent', maximumFractionDigits: 2 } as const;
    const format = (options: Intl.NumberFormatOptions) => (decimal: string) =>
      new Intl.NumberFormat(locale, options).format(Number(decimal));
    const kpi = catalogue.get(rule.kpi);
    const shown = kpi?.unit.startsWith('money')
      ? { ...money, minimumFractionDigits: 0 }
      : kpi?.unit === 'rate'
        ? percent
        : {};
    const words = {
      kpi: kpi?.card[locale].name ?? rule.kpi,
      one: kpi?.card[locale].one,
      number: format({}),
      money: format({ ...money, minimumFractionDigits: 0 }),
      percent: format(percent),
      amount: format(shown),
      list: (texts: readonly string[]) => new Intl.ListFormat(locale).format(texts),
    };
    return [locale, ruleTypeOf(rule).describe[locale](rule, words)] as const;
  });
  return Object.fromEntries(entries) as Record<(typeof languages)[number], string>;
}

@Injectable()
export class BoardLinkService {
  constructor(
    private readonly auth: AuthService,
    private readonly people: PeopleService,
    private readonly challenges: ChallengeService,
  ) {}

  /** Problems: `not-found`. */
  async create(organisationId: string, challengeId: string) {
    await this.challenges.view(organisationId, challengeId);
    const { id, token } = await this.auth.createBoardLink(organisationId, challengeId);
    // After the '#', so that no server and no log ever sees it.
    return { id, token, path: `/board#${token}` };
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
      challenge: { ...challenge, rules: rules.map((rule) => sentences(rule, currency)) },
    };
  }
}
