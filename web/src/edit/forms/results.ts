import { IndicatorMeasure, ResultType } from '../../gql/graphql';
import type { Field, Measure } from '../fields';
import { documents } from './documents';

const measured: Measure['fields'] = [
  { name: 'value', control: 'decimal', label: 'measured' },
  { name: 'valueText', control: 'line' },
  { name: 'dimensions', control: 'pairs' },
  { name: 'comment', control: 'text' },
];

/** What a project is to bring about, how that is measured, and what was measured: results, their indicators, and of these the periods with target and actual value. */
export const results: Field = {
  name: 'results',
  control: 'parts',
  fields: [
    { name: 'title', control: 'text' },
    { name: 'type', control: 'choice', enumeration: 'ResultType', values: Object.values(ResultType) },
    { name: 'isAggregable', control: 'boolean' },
    { name: 'description', control: 'longText' },
    {
      name: 'indicators',
      control: 'parts',
      fields: [
        { name: 'title', control: 'text' },
        { name: 'measure', control: 'choice', enumeration: 'IndicatorMeasure', values: Object.values(IndicatorMeasure) },
        { name: 'isAscending', control: 'boolean' },
        { name: 'isAggregable', control: 'boolean' },
        { name: 'description', control: 'longText' },
        {
          name: 'baselines',
          control: 'parts',
          fields: [{ name: 'year', control: 'year' }, { name: 'date', control: 'date' }, ...measured],
        },
        {
          name: 'periods',
          control: 'parts',
          as: 'table',
          fields: [
            { name: 'periodStart', control: 'date' },
            { name: 'periodEnd', control: 'date' },
            { name: 'targets', control: 'parts', as: 'measure', fields: measured },
            { name: 'actuals', control: 'parts', as: 'measure', fields: measured },
          ],
        },
        {
          name: 'references',
          control: 'parts',
          as: 'table',
          fields: [
            { name: 'vocabulary', control: 'item', list: 'IndicatorVocabulary' },
            { name: 'code', control: 'line' },
            { name: 'uri', control: 'line' },
          ],
        },
      ],
    },
    documents,
  ],
};
