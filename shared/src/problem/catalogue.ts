import { z } from 'zod';

/** Every problem the platform answers with: code → HTTP status and English title (RFC 9457). */
export const problems = {
  'activity-in-the-future': [422, 'The activity lies in the future'],
  'activity-type-unknown': [422, 'The organisation has no such activity type'],
  'batch-refused': [422, 'One of the activities was refused, so none was recorded'],
  'beyond-teams': [403, 'Somebody who may compete is not in your teams'],
  'body-too-large': [413, 'The body is too large'],
  'budget-exceeded': [409, 'The budget has not that many points left'],
  'challenge-already-launched': [409, 'The challenge has been launched before'],
  'challenge-cancelled': [409, 'The challenge has been cancelled'],
  'challenge-certified': [409, 'The challenge has been certified'],
  'ceiling-exceeded': [409, 'The challenge would cost more than a ceiling allows'],
  'challenge-not-awaiting': [409, 'The challenge does not wait for a countersignature'],
  'challenge-not-launched': [409, 'The challenge has not been launched'],
  'challenge-not-ended': [409, 'The window of the challenge is not over'],
  'changed-since-shown': [409, 'It has changed since it was shown'],
  'competes-with-them': [403, 'Nobody decides about a rival in a challenge that pays'],
  'content-type-unsupported': [415, 'The content type is not supported'],
  csrf: [403, 'The request does not come from our own page'],
  'currency-not-accepted': [422, "The currency is not the organisation's"],
  'decided-by-an-admin': [403, 'An admin has decided about it'],
  'dispute-resolved': [409, 'The report has been answered already'],
  'email-taken': [409, 'A member with this e-mail exists'],
  'external-id-taken': [409, 'A member with this external id exists'],
  'file-unreadable': [422, 'The file cannot be read'],
  forbidden: [403, 'You may not do this'],
  'has-an-admin': [409, 'An admin has entered the organisation already'],
  'idempotency-key-missing': [400, 'The command needs an Idempotency-Key'],
  'idempotency-key-reused': [409, 'The Idempotency-Key was used for another request'],
  'import-finished': [409, 'The import is over'],
  'import-not-undoable': [409, 'Only an import of activities can be taken back'],
  'import-under-way': [409, 'The import is under way'],
  'insufficient-points': [409, 'The wallet has not that many points to spend'],
  internal: [500, 'Something went wrong'],
  invalid: [422, 'The request is not valid'],
  'invalid-amount': [422, 'The amount is not valid'],
  'kpi-in-use': [409, 'The KPI has targets'],
  'kpi-taken': [409, 'A KPI with this code exists'],
  'kpi-unknown': [422, 'There is no such KPI'],
  'last-admin': [409, 'Nobody would be left to administer the organisation'],
  'lines-do-not-add-up': [422, 'The lines do not add up to the activity'],
  'malformed-request': [400, 'The request cannot be read'],
  'manager-ambiguous': [422, 'Several members have this name'],
  'manager-overlap': [422, 'A member manages a team once on a day'],
  'mapping-name-taken': [409, 'A mapping has this name'],
  'member-missing': [422, 'The activity names no member'],
  'member-unknown': [422, 'The member is unknown'],
  'method-not-allowed': [405, 'This cannot be done here'],
  'no-independent-signer': [
    409,
    'Nobody who gains nothing could sign: make the author an observer, or let somebody else in',
  ],
  'not-a-participant': [403, 'Only participants of the challenge may do this'],
  'not-found': [404, 'There is nothing here'],
  'not-your-team': [403, 'It is shared with members of teams that you do not manage'],
  'own-activity': [403, 'Nobody decides about their own activity'],
  'own-dispute': [403, 'Nobody answers their own report'],
  'own-wallet': [403, 'Nobody adjusts their own wallet'],
  'person-known': [409, 'This e-mail has a password already, which is another one'],
  'points-currency-unknown': [422, 'The organisation has no such points currency'],
  'precondition-failed': [412, 'It has been changed since it was read'],
  'reset-not-here': [409, 'Only the operator can reset the password of this person'],
  'row-unreadable': [422, 'The row cannot be read'],
  'shares-do-not-add-up': [422, 'The weights of the shares do not add up to 1'],
  'signature-does-not-count': [403, 'Somebody else, who gains nothing by it, has to sign'],
  'target-missing': [422, 'Nobody has a target for the whole window'],
  'team-ambiguous': [422, 'Several teams have this name'],
  'team-cycle': [409, 'A team cannot be below itself'],
  'team-in-use': [409, 'The team has, or had, members or teams'],
  'team-overlap': [422, 'A member is in one team on a day'],
  'team-too-deep': [422, 'The tree of teams would be too deep'],
  'team-unknown': [422, 'The team is unknown'],
  'total-too-large': [422, 'A total would be larger than can be kept exactly'],
  'terms-superseded': [409, 'Another version is in force: read it first'],
  'too-many-requests': [429, 'Too many requests'],
  unauthenticated: [401, 'Sign in, or send a valid key'],
  'unbounded-cost': [422, 'Nothing limits what the payout may cost'],
  unavailable: [503, 'The server is not ready'],
  'wrong-credentials': [401, 'The e-mail or the password is wrong'],
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type ProblemCode = keyof typeof problems;

/** One fault inside a request: where it is, and what is wrong there. */
export const faultSchema = z.object({
  pointer: z.string().optional().meta({ description: 'RFC 6901, into the body' }),
  parameter: z
    .string()
    .optional()
    .meta({ description: 'name of a parameter of the query, or of a header' }),
  code: z.string().optional(),
  detail: z.string(),
});
export type Fault = z.infer<typeof faultSchema>;

/** What a client receives, as `application/problem+json`. */
export const problemSchema = z
  .object({
    type: z.string(),
    code: z.string(),
    status: z.int(),
    title: z.string(),
    detail: z.string().optional(),
    errors: z.array(faultSchema).optional(),
    instance: z.string().optional().meta({ description: 'the request id, for the logs' }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457' });
export type Problem = z.infer<typeof problemSchema>;

/** How many faults of a request are told, and how many characters of a text that names them. */
const FAULTS_MAX = 20;
const TEXT_MAX = 200;

/** A text that may repeat what was sent, cut to a length that a reader can use. */
export const brief = (text: string): string =>
  text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX - 1)}…` : text;

const briefly = (fault: Fault): Fault => ({
  ...fault,
  ...(fault.pointer === undefined ? {} : { pointer: brief(fault.pointer) }),
  ...(fault.parameter === undefined ? {} : { parameter: brief(fault.parameter) }),
  detail: brief(fault.detail),
});

/**
 * Builds the body of a problem. The first faults stand for all of them; of a batch every refused
 * item is told.
 */
export function problem(code: ProblemCode, detail?: string, errors?: Fault[]): Problem {
  const [status, title] = problems[code];
  const told = code === 'batch-refused' ? errors : errors?.slice(0, FAULTS_MAX);
  return {
    type: `/problems/${code}`,
    code,
    status,
    title,
    ...(detail === undefined ? {} : { detail: brief(detail) }),
    ...(told === undefined ? {} : { errors: told.map(briefly) }),
  };
}

/** An RFC 6901 pointer to a place in a document: `['a/b', 0]` → `/a~1b/0`. */
export function pointerTo(path: readonly PropertyKey[]): string {
  return path
    .map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
