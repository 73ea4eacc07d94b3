import type { Scene, SceneElement } from '../../chart/scene.ts';
import { roleClass } from '../../chart/svg.ts';

/** Puts a drawing on the page. Its meaning is told in words beside it, so it is hidden from screen readers. */
export function SceneView({ scene }: { scene: Scene }) {
  return (
    <svg
      aria-hidden="true"
      width={scene.width}
      height={scene.height}
      viewBox={`0 0 ${scene.width} ${scene.height}`}
      className="block overflow-visible"
    >
      {scene.elements.map((element, index) => (
        // Elements have no identity of their own: the order of drawing is all there is.
        <Shape key={index} element={element} />
      ))}
    </svg>
  );
}

function Shape({ element }: { element: SceneElement }) {
  const className = roleClass(element.role);
  switch (element.kind) {
    case 'line':
      return <line className={className} x1={element.x1} y1={element.y1} x2={element.x2} y2={element.y2} />;
    case 'path':
      return (
        <path className={className} d={element.d}>
          {element.title === undefined ? null : <title>{element.title}</title>}
        </path>
      );
    case 'circle':
      return (
        <circle className={className} cx={element.cx} cy={element.cy} r={element.r}>
          {element.title === undefined ? null : <title>{element.title}</title>}
        </circle>
      );
    case 'rect':
      return (
        <rect className={className} x={element.x} y={element.y} width={element.width} height={element.height}>
          {element.title === undefined ? null : <title>{element.title}</title>}
        </rect>
      );
    case 'text':
      return (
        <text className={className} x={element.x} y={element.y} textAnchor={element.anchor}>
          {element.text}
        </text>
      );
  }
}
