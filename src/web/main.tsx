import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { LanguageProvider } from './language.tsx';
import { createQueryClient, followChanges } from './queries.ts';
import { router } from './router.tsx';
import './styles.css';

const place = document.getElementById('app');
if (place === null) throw new Error('index.html has no element with the id "app"');

const queries = createQueryClient();
followChanges(queries);

createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <LanguageProvider>
        <RouterProvider router={router} />
      </LanguageProvider>
    </QueryClientProvider>
  </StrictMode>,
);
