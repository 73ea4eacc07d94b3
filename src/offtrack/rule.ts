import { configOf } from '../app/alert-step.ts';
import type { AlertConfig } from '../domain/alert.ts';
import { usualRule } from '../domain/alert-rule.ts';
import { stepOf } from './pose.ts';
import type { Gran } from './protocol.ts';

/** The rule of a workspace that never changed it, as counted for a series of this step. */
export function usualConfig(gran: Gran): AlertConfig {
  return configOf(usualRule, stepOf[gran]);
}
