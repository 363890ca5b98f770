import { z } from 'zod';
import { locales, type Locale } from '../people/organisation.js';
import { textSchema } from '../quantity/text.js';
import { clauseKeys, clauses, type ClauseKey, type TermsSource } from './clause.js';
import { prizeSentence } from './prize-sentence.js';
import { sentencesOf } from './sentence.js';

/** A clause as somebody has written it; French is the reference, English may be missing. */
const writtenSchema = z.strictObject({ fr: textSchema(5_000), en: textSchema(5_000).optional() });

/** What has been written instead of the usual text; a clause that is not named keeps it. */
export const writtenClausesSchema = z
  .strictObject(
    Object.fromEntries(clauseKeys.map((key) => [key, writtenSchema.optional()])) as Record<
      ClauseKey,
      z.ZodOptional<typeof writtenSchema>
    >,
  )
  .meta({ id: 'TermsClauses' });
export type WrittenClauses = z.output<typeof writtenClausesSchema>;

export const sectionKeys = [...clauseKeys, 'rules'] as const;

export const termsDocumentSchema = z
  .object({
    locale: z.enum(locales),
    title: z.string(),
    sections: z.array(
      z.object({
        key: z.enum(sectionKeys),
        title: z.string(),
        paragraphs: z.array(z.string()),
        language: z.enum(locales).meta({ description: 'of the paragraphs: fr where untranslated' }),
        edited: z.boolean().meta({ description: 'written by somebody instead of the usual text' }),
      }),
    ),
  })
  .meta({ id: 'TermsDocument' });
export type TermsDocument = z.output<typeof termsDocumentSchema>;
type Section = TermsDocument['sections'][number];

export const termsViewSchema = z
  .object({
    challengeId: z.uuid(),
    version: z.int().nullable().meta({ description: 'null for a draft' }),
    current: z.int().nullable().meta({ description: 'the version to acknowledge' }),
    publishedAt: z.iso.datetime().nullable(),
    document: termsDocumentSchema,
    clauses: writtenClausesSchema,
    versions: z.array(
      z.object({ version: z.int(), challengeVersion: z.int(), publishedAt: z.iso.datetime() }),
    ),
    acknowledgedAt: z.iso.datetime().nullable().meta({
      description: 'when the caller took note of this version',
    }),
  })
  .meta({ id: 'Terms' });
export type TermsView = z.output<typeof termsViewSchema>;

export const acknowledgementSchema = z
  .object({
    member: z.object({ id: z.uuid(), name: z.string() }),
    hasAccess: z.boolean().meta({ description: 'can sign in to take note of it' }),
    acknowledgedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'TermsAcknowledgement' });

const paragraphsOf = (text: string) => text.split(/\n{2,}/).filter((one) => one.trim() !== '');

function ruleSection({ definition, organisation }: TermsSource, locale: Locale): Section {
  const title = locale === 'fr' ? 'Mécaniques' : 'Rules';
  const paragraphs = definition.rules.map((rule, index) => {
    return `${index + 1}. ${sentencesOf(rule, organisation.currency)[locale]}.`;
  });
  return { key: 'rules', title, paragraphs, language: locale, edited: false };
}

function prizeParagraphs({ definition }: TermsSource, locale: Locale): string[] {
  const { payout, audience } = definition;
  if (payout.length === 0) return [];
  const shared = {
    fr: 'Les points de rangs partagés s’additionnent et se divisent également, arrondis au point inférieur ; un lot est remis à chacun des ex æquo. Un score nul ou négatif ne donne rien. Points et lots sont attribués à la certification, sauf mention contraire.',
    en: 'Points of shared ranks are added up and split equally, rounded down; a gift goes to each of those who share its rank. A score of zero or less gives nothing. Points and gifts are given at the certification, unless said otherwise.',
  };
  const teams = {
    fr: 'Les points d’une équipe sont partagés entre ses membres selon leurs jours de présence dans l’équipe, arrondis au point inférieur ; un lot est remis à chacun d’eux.',
    en: 'The points of a team are shared among its members by the days that each was in it, rounded down; a gift goes to each of them.',
  };
  const all = [...payout.map((line) => prizeSentence(line, locale)), shared[locale]];
  return audience.kind === 'teams' ? [...all, teams[locale]] : all;
}

function clauseSection(
  key: ClauseKey,
  source: TermsSource,
  written: WrittenClauses,
  locale: Locale,
): Section[] {
  const title = clauses[key].title[locale];
  const text = written[key];
  if (text) {
    const language: Locale = locale === 'en' && text.en !== undefined ? 'en' : 'fr';
    const paragraphs = paragraphsOf(text[language] ?? text.fr);
    return [{ key, title, paragraphs, language, edited: true }];
  }
  const said = clauses[key].paragraphs(source).map((one) => one[locale]);
  const paragraphs = key === 'prizes' ? prizeParagraphs(source, locale) : said;
  if (paragraphs.length === 0) return [];
  return [{ key, title, paragraphs, language: locale, edited: false }];
}

/**
 * The règlement of a challenge in one language: its clauses, as written or else in the usual words,
 * with the rules’ own sentences after the participants. What is not there is not spoken of.
 */
export function termsOf(
  source: TermsSource,
  written: WrittenClauses,
  locale: Locale,
): TermsDocument {
  const sections = clauseKeys.flatMap((key) => {
    const section = clauseSection(key, source, written, locale);
    return key === 'participants' ? [...section, ruleSection(source, locale)] : section;
  });
  const { name } = source.definition;
  const title = locale === 'fr' ? `Règlement du challenge « ${name} »` : `Rules of “${name}”`;
  return { locale, title, sections };
}
