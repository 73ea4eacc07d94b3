import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { initialLang, LanguageProvider, loadLanguage } from './language.tsx';
import { createQueryClient, followChanges } from './queries.ts';
import { router } from './router.tsx';
import './styles.css';
import { colourBar } from './theme.ts';

colourBar();
const place = document.getElementById('app');
if (place === null) throw new Error('index.html has no element with the id "app"');

const queries = createQueryClient();
followChanges(queries);
const first = await loadLanguage(initialLang());

createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <LanguageProvider first={first}>
        <RouterProvider router={router} />
      </LanguageProvider>
    </QueryClientProvider>
  </StrictMode>,
);
