import './no-eval';
import './ui/theme.css';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { dropStale } from './http/kept';
import { firstLocale, i18n, showLocale } from './i18n/i18n';
import { router } from './router';

void dropStale();
await showLocale(firstLocale());
createApp(App).use(createPinia()).use(i18n).use(router).mount('#app');
