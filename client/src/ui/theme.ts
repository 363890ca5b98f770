import { computed, ref } from 'vue';

type Theme = 'light' | 'dark';

const CHOICE = 'palmares.theme';
const night = matchMedia('(prefers-color-scheme: dark)');
const system = ref<Theme>(night.matches ? 'dark' : 'light');
const chosen = ref(document.documentElement.dataset['theme'] as Theme | undefined);

night.addEventListener('change', () => (system.value = night.matches ? 'dark' : 'light'));

/** The theme on the screen: the reader's choice, else the system's (see public/theme.js). */
export const theme = computed<Theme>(() => chosen.value ?? system.value);

export function chooseTheme(wanted: Theme): void {
  chosen.value = wanted;
  document.documentElement.dataset['theme'] = wanted;
  try {
    localStorage.setItem(CHOICE, wanted);
  } catch {
    // Storage may be closed to us: the choice lasts as long as the page.
  }
}
