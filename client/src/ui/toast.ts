import { shallowRef } from 'vue';

export interface Toast {
  id: number;
  text: string;
  tone: 'done' | 'refused';
}

const STAY_MS = 6000;

export const toasts = shallowRef<readonly Toast[]>([]);
let last = 0;

export const dropToast = (id: number): void => {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
};

/** Says that something was done, or was not, and goes by itself; a refusal stays until closed. */
export function showToast(text: string, tone: Toast['tone'] = 'done'): void {
  const id = (last += 1);
  toasts.value = [...toasts.value.slice(-2), { id, text, tone }];
  if (tone === 'done') setTimeout(() => dropToast(id), STAY_MS);
}
