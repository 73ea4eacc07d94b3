import type { ChartRole, Scene, SceneElement } from './scene.ts';

/** A scene as SVG text, every element marked with its role as a class. Colours are up to the style sheet. */
export function sceneToSvg(scene: Scene): string {
  const { width, height } = scene;
  const body = scene.elements.map(elementToSvg).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${body}</svg>`;
}

export function roleClass(role: ChartRole): string {
  return `chart-${role}`;
}

function elementToSvg(element: SceneElement): string {
  const { kind, role, ...rest } = element;
  const { text, title, anchor, ...numbers } = { text: '', title: '', anchor: '', ...rest };
  const attributes = Object.entries(numbers).map(([name, value]) => ` ${name}="${escape(String(value))}"`);
  if (anchor !== '') attributes.push(` text-anchor="${anchor}"`);
  const inside = title === '' ? escape(text) : `<title>${escape(title)}</title>`;
  const open = `<${kind} class="${roleClass(role)}"${attributes.join('')}`;
  return inside === '' ? `${open}/>` : `${open}>${inside}</${kind}>`;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
