import { useText, type TextKey } from '../i18n/text';

/** What the schema of a challenge, and the server, say of its fields, in the reader's words. */
const words: readonly [begins: string, key: TextKey][] = [
  ['must come after from', 'studioFault.after'],
  ['after from', 'studioFault.after'],
  ['a window has at most', 'studioFault.window'],
  ['a date like', 'studioFault.day'],
  ['a decimal with', 'studioFault.number'],
  ['from ', 'studioFault.range'],
  ['Too small', 'studioFault.range'],
  ['Too big', 'studioFault.range'],
  ['this rule cannot read', 'studioFault.kpi'],
  ['there is no such KPI', 'studioFault.kpi'],
  ['each step must come after', 'studioFault.step'],
  ['a value has one factor', 'studioFault.factor'],
  ['is named as one who competes', 'studioFault.observer'],
  ['points and gifts are for people', 'studioFault.teamPrize'],
  ['there is no rule at this place', 'studioFault.place'],
  ['nobody has a target', 'studioFault.target'],
  ['nothing limits', 'studioFault.unbounded'],
  ['an amendment does not change', 'studioFault.amended'],
  ['not of this organisation', 'studioFault.gone'],
];

export function useStudioFault(): (found: { detail: string }) => string | undefined {
  const { t } = useText();
  return ({ detail }) => {
    const known = words.find(([begins]) => detail.startsWith(begins));
    return known && t(known[1]);
  };
}
