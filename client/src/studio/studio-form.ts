import { inject, provide, type InjectionKey } from 'vue';
import type { Draft } from './draft';

/** What the fields of the studio know of the form they are in. */
export interface StudioForm {
  draft: Draft;
  /** the fault of a field, by the JSON pointer to it */
  fault(pointer: string): string | undefined;
  /** the organisation's */
  currency: string;
}

const key: InjectionKey<StudioForm> = Symbol('studio');

export const provideStudio = (form: StudioForm): void => provide(key, form);

export function useStudioForm(): StudioForm {
  const form = inject(key);
  if (!form) throw new Error('a field of the studio stands outside of it');
  return form;
}
