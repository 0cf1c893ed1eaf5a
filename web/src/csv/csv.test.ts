import { describe, expect, it } from 'vitest';
import { csvFileName, toCsv } from './csv';
import type { Cell } from './csv';

function fieldOf(cell: Cell): string {
  return toCsv(['c'], [[cell]]).replace('\uFEFFc\r\n', '').replace(/\r\n$/, '');
}

describe('CSV', () => {
  it('starts with a byte order mark and ends its lines as the standard wants', () => {
    expect(toCsv(['code', 'title'], [['A', 'حلب'], ['B', null]])).toBe('\uFEFFcode,title\r\nA,حلب\r\nB,\r\n');
  });

  it.each<[string, Cell, string]>([
    ['a comma', 'a,b', '"a,b"'],
    ['quotes', 'a"b', '"a""b"'],
    ['a line break', 'a\nb', '"a\nb"'],
    ['a blank at the edge', ' a', '" a"'],
    ['Arabic with its own comma', 'حلب، حماة', 'حلب، حماة'],
    ['unknown', null, ''],
    ['a flag', false, 'false'],
  ])('keeps %s', (_, cell, field) => expect(fieldOf(cell)).toBe(field));

  it.each<[string, string]>([
    ['=1+1', "'=1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['+cmd|x', "'+cmd|x"],
    ['-2+3', "'-2+3"],
    ['  =HYPERLINK("x")', '"\'  =HYPERLINK(""x"")"'],
    ['\t=1', '"\'\t=1"'],
    ['\uFF1D1', "'\uFF1D1"],
  ])('disarms %j', (text, field) => expect(fieldOf(text)).toBe(field));

  it.each<Cell>(['-12.50', '+7', '1e6', -3])('leaves the number %j alone', (cell) => expect(fieldOf(cell)).toBe(String(cell)));

  it('disarms column names too', () => expect(toCsv(['=a'], [])).toBe("\uFEFF'=a\r\n"));

  it('names the file after the list', () => {
    expect(csvFileName('organizations.nodes.projects.nodes')).toBe('taawun-organizations-projects.csv');
    expect(csvFileName('nodes')).toBe('taawun-table.csv');
  });
});
