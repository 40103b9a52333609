/** The arena's colours by day and by night: they stand in the style sheet, with all the others. */

export interface Theme {
  readonly ground: string;
  readonly groundEdge: string;
  readonly grass: string;
  readonly grassEdge: string;
  readonly paint: string;
  readonly kerbA: string;
  readonly kerbB: string;
  readonly tyre: string;
  readonly tyreEdge: string;
  readonly skid: string;
  readonly label: string;
  readonly labelGround: string;
  readonly shadow: string;
  readonly headlight: string;
  readonly good: string;
  readonly fair: string;
  readonly bad: string;
  readonly unknown: string;
}

export function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim() || 'gray';
  return {
    ground: colour('ground'),
    groundEdge: colour('ground-edge'),
    grass: colour('grass'),
    grassEdge: colour('grass-edge'),
    paint: colour('road-paint'),
    kerbA: colour('kerb-a'),
    kerbB: colour('kerb-b'),
    tyre: colour('tyre'),
    tyreEdge: colour('tyre-edge'),
    skid: colour('skid'),
    label: colour('label'),
    labelGround: colour('label-ground'),
    shadow: colour('car-shadow'),
    headlight: colour('headlight'),
    good: colour('good'),
    fair: colour('fair'),
    bad: colour('bad'),
    unknown: colour('unknown'),
  };
}
