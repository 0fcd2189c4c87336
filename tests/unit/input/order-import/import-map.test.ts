import { describe, expect, it } from 'vitest';
import { InvalidImportMap, parseImportMap } from '#rehearsal/input/order-import/import-map.ts';
import { presetFor } from '#rehearsal/input/order-import/presets.ts';

const columns = 'order=No,sku=Code,quantity=Qty,at=Date,unitPrice=Price';

describe('parseImportMap', () => {
  it('reads columns and options written inline', () => {
    expect(
      parseImportMap(`${columns},timeZone=Europe/Paris,notProducts=FEE|TIP,cancellationPrefix=C`),
    ).toMatchObject({
      columns: { order: 'No', sku: 'Code', quantity: 'Qty', at: 'Date', unitPrice: 'Price' },
      timeZone: 'Europe/Paris',
      notProducts: ['FEE', 'TIP'],
      cancellationPrefix: 'C',
      decimalMark: '.',
    });
  });

  it('reads the same from JSON', () => {
    const json = JSON.stringify({
      columns: { order: 'No', sku: 'Code', quantity: 'Qty', at: 'Date', unitPrice: 'Price' },
    });

    expect(parseImportMap(json)).toStrictEqual(parseImportMap(columns));
  });

  it.each([
    ['order=No,sku=Code', 'columns: expected columns for at, quantity, unitPrice'],
    ['order=No,at=D,quantity=Q,unitPrice=P', 'columns: expected columns for sku'],
    [`${columns},colour=Colour`, 'got colour, expected the fields order, at, sku'],
    [`${columns},price`, 'got "price", expected field=column, such as order=InvoiceNo'],
    [`${columns},timeZone=Mars/Olympus`, 'timeZone: expected an IANA zone such as Europe/Berlin'],
    [`${columns},defaultCurrency=Euro`, 'defaultCurrency: expected a currency such as EUR'],
    [`${columns},dateFormats=D.M.`, 'dateFormats.0: expected a date format'],
    ['{ "columns": ', 'the text begins as JSON and is none'],
  ])('says of %j what is wrong', (text, message) => {
    expect(() => parseImportMap(text)).toThrow(InvalidImportMap);
    expect(() => parseImportMap(text)).toThrow(message);
  });
});

describe('presetFor', () => {
  it('recognises UCI Online Retail by its columns', () => {
    const header =
      'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';

    expect(presetFor(header.split(','))?.name).toBe('UCI Online Retail');
  });

  it('recognises a Shopify export, whichever of its optional columns there are', () => {
    const header = 'Name,Created at,Lineitem quantity,Lineitem name,Lineitem price,Email';

    const preset = presetFor(header.split(','));

    expect(preset?.name).toBe('Shopify order export');
    expect(preset?.map.columns).toMatchObject({ email: 'Email' });
    expect(preset?.map.columns).not.toHaveProperty('sku');
  });

  it('recognises nothing in other columns', () => {
    expect(presetFor(['Name', 'Email'])).toBeUndefined();
  });
});
