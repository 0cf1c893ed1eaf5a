import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Texted } from '../look/Texted';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import type { Figures, MapPoint } from './MapFigure';
import type { Area } from './areas';
import type { Marks } from './marks';

/** A figure that opens the list behind it, where there is one. */
const linked = (text: string, list: string | null | undefined): ReactNode => (list ? <To to={list}>{text}</To> : text);

/** What the map shows, in words and numbers: the largest first, what is not known last. */
export function MapTable(props: { areas: readonly Area[]; figures: Figures | undefined; points: readonly MapPoint[]; /** Those to be looked at. */ sought: readonly string[]; marks: Marks | undefined; title: string }): ReactNode {
  const { t } = useTranslation('map');
  const format = useFormat();
  const { figures, points, sought, marks } = props;
  const first = useRef<HTMLTableCellElement>(null);
  useEffect(() => first.current?.focus(), [sought]);
  const valueOf = (area: Area): number => figures?.values.get(area.unit.id) ?? -Infinity;
  const rows = [...props.areas].sort((one, other) => valueOf(other) - valueOf(one));
  return (
    <>
      {figures && (
        <table>
          <caption>{props.title}</caption>
          <thead>
            <tr>
              <th scope="col">{t('unit')}</th>
              <th scope="col" className="map-number">
                {figures.measure}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ unit }) => (
              <tr key={unit.id}>
                <th scope="row">
                  <To to={`/units/${unit.id}`}>
                    <Texted text={unit.name} fallback={unit.pcode} />
                  </To>
                </th>
                <td className="map-number">{figures.values.has(unit.id) ? linked(figures.shown(figures.values.get(unit.id) ?? 0), figures.listOf?.(unit.id)) : t('unknown')}</td>
              </tr>
            ))}
            {(figures.besides ?? []).map((beside) => (
              <tr key={beside.name}>
                <th scope="row">{beside.name}</th>
                <td className="map-number">{linked(figures.shown(beside.value), beside.list)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {marks && (
        <table>
          <caption>{marks.measure}</caption>
          <thead>
            <tr>
              <th scope="col">{t('place')}</th>
              <th scope="col" className="map-number">
                {marks.measure}
              </th>
            </tr>
          </thead>
          <tbody>
            {marks.places
              .filter((place) => place.count > 0)
              .sort((one, other) => other.count - one.count)
              .map((place) => (
                <tr key={place.key}>
                  <th scope="row">
                    <To to={`/units/${place.key}`}>{place.name}</To>
                  </th>
                  <td className="map-number">{linked(format.number(place.count), place.to ?? marks.listOf([place.key]))}</td>
                </tr>
              ))}
          </tbody>
        </table>
      )}
      {points.length > 0 && (
        <table>
          <caption>{props.title}</caption>
          <thead>
            <tr>
              <th scope="col">{t('place')}</th>
              <th scope="col">{t('precision')}</th>
            </tr>
          </thead>
          <tbody>
            {points.map((point) => (
              <tr key={point.key} className={sought.includes(point.key) ? 'map-sought' : undefined}>
                <th scope="row" {...(point.key === points.find(({ key }) => sought.includes(key))?.key && { ref: first, tabIndex: -1 })}>{point.to ? <To to={point.to}>{point.name}</To> : point.name}</th>
                <td>{point.note}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
