import type { Audience } from '@palmares/shared/challenge/audience';
import type { Outside } from '@palmares/shared/challenge/steering';
import { inject, provide, type InjectionKey } from 'vue';
import type { Draft } from './draft';

/** What the fields of the studio know of the form they are in. */
export interface StudioForm {
  draft: Draft;
  /** the fault of a field, by the JSON pointer to it */
  fault(pointer: string): string | undefined;
  /** the organisation's */
  currency: string;
  /** the teams to choose from, where a manager has only those */
  own: ReadonlySet<string> | undefined;
  /** who may compete without being in one of these */
  outside: Outside;
  /** for whom a launched challenge is: an amendment only adds to it */
  had: Audience | undefined;
}

const key: InjectionKey<StudioForm> = Symbol('studio');

export const provideStudio = (form: StudioForm): void => provide(key, form);

export function useStudioForm(): StudioForm {
  const form = inject(key);
  if (!form) throw new Error('a field of the studio stands outside of it');
  return form;
}
