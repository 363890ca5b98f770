import {
  challengeDefinitionSchema,
  type ChallengeDefinition,
} from '@palmares/shared/challenge/challenge';
import type { ChallengeView } from './challenge.api';

const everyone = { kind: 'everyone' } as const;

/** What was defined, without what became of it. */
export function definitionOf(view: ChallengeView): ChallengeDefinition {
  const defined = Object.entries(view).filter(([key]) => key in challengeDefinitionSchema.shape);
  // A reader is not told whom else a challenge names: as far as rules go it is for everyone.
  const audience = view.audience?.kind === 'members' ? everyone : view.audience;
  return challengeDefinitionSchema.parse({ ...Object.fromEntries(defined), audience });
}
