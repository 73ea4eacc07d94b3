import { previewBinding } from '../../app/preview-binding.ts';
import type { Operations } from '../call.ts';
import type { bindingRoutes } from '../contracts/binding.ts';
import { bindingPreviewView } from '../views-binding.ts';

export const bindingOperations: Pick<Operations, keyof typeof bindingRoutes> = {
  previewBinding: async ({ deps, actor, params, body, signal }) =>
    bindingPreviewView(await previewBinding(deps, actor, params.id, body, signal)),
};
