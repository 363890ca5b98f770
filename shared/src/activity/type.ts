/** Whether whoever did it must be named. */
export const memberNeeds = ['required', 'optional'] as const;
export type MemberNeed = (typeof memberNeeds)[number];

/** The activity types that every organisation has; `member` says whether one must be named. */
export const activityTypes = {
  'lead.created': 'required',
  'lead.qualified': 'required',
  'visit.done': 'required',
  'visit.prospect': 'required',
  'offer.sent': 'required',
  'offer.followed-up': 'required',
  'deal.opened': 'required',
  'deal.won': 'required',
  'deal.lost': 'required',
  'sale.refunded': 'required',
  'proposal.made': 'required',
  'proposal.accepted': 'required',
  'customer.contacted': 'required',
  'cart.started': 'required',
  'cart.completed': 'required',
  'survey.nps': 'optional',
  'survey.csat': 'optional',
  'survey.enps': 'optional',
  'price.observed': 'optional',
  'cost.recorded': 'optional',
  'forecast.recorded': 'required',
  'call.made': 'required',
  'meeting.held': 'required',
} as const satisfies Record<string, MemberNeed>;

/** The types that an organisation has, by name. */
export type ActivityTypes = ReadonlyMap<string, MemberNeed>;

export const builtInTypes: ActivityTypes = new Map<string, MemberNeed>(
  Object.entries(activityTypes),
);

export type ActivityType = keyof typeof activityTypes;

export function isActivityType(type: string): type is ActivityType {
  return Object.hasOwn(activityTypes, type);
}
