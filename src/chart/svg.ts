import type { ChartRole, Scene, SceneElement } from './scene.ts';
import { escapeXml } from './xml.ts';

/** A scene as SVG text, every element marked with its role as a class. Colours are up to the style sheet. */
export function sceneToSvg(scene: Scene): string {
  const { width, height } = scene;
  const body = scene.elements.map((element) => elementToSvg(element)).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${body}</svg>`;
}

export function roleClass(role: ChartRole): string {
  return `chart-${role}`;
}

/** `look` gives the attributes that say how it looks; by default only its class. */
export function elementToSvg(
  element: SceneElement,
  look: (element: SceneElement) => string = ({ role }) => ` class="${roleClass(role)}"`,
): string {
  const { kind, role: _role, ...rest } = element;
  const { text, title, anchor, ...numbers } = { text: '', title: '', anchor: '', ...rest };
  const attributes = Object.entries(numbers).map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`);
  if (anchor !== '') attributes.push(` text-anchor="${anchor}"`);
  const inside = title === '' ? escapeXml(text) : `<title>${escapeXml(title)}</title>`;
  const open = `<${kind}${look(element)}${attributes.join('')}`;
  return inside === '' ? `${open}/>` : `${open}>${inside}</${kind}>`;
}
