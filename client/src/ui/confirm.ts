import { shallowRef } from 'vue';

/** A question before something is lost, or can no longer be taken back: it says what will happen, in numbers where there are any. */
export interface Question {
  title: string;
  text: string;
  /** what the button says */
  action: string;
  /** nothing is lost by it: red stays for what is */
  harmless?: boolean;
  /** to be typed first, where there is no way back */
  word?: string;
}

export const asked = shallowRef<{ question: Question; answer: (yes: boolean) => void }>();

/** Asks, and waits for the answer; a second question answers the first with no. */
export function confirm(question: Question): Promise<boolean> {
  asked.value?.answer(false);
  return new Promise((resolve) => {
    const answer = (yes: boolean) => {
      asked.value = undefined;
      resolve(yes);
    };
    asked.value = { question, answer };
  });
}
