// Writes the numbering plan's data file from libphonenumber's metadata:
//   dotnet run eng/NumberingPlan/generate.cs -- <PhoneNumberMetadata.xml> <libphonenumber release> <out>
#:property PublishAot=false
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

if (args is not [var source, var release, var destination])
{
    Console.Error.WriteLine("usage: generate.cs -- <PhoneNumberMetadata.xml> <libphonenumber release> <out>");
    return 2;
}

// The metadata declares its own document type; nothing outside the file is resolved.
var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Parse, XmlResolver = null };
using var reader = XmlReader.Create(source, settings);
var territories = XDocument.Load(reader).Descendants("territory").ToList();
var shared = territories
    .GroupBy(territory => Required(territory, "countryCode"), StringComparer.Ordinal)
    .Where(code => code.Count() > 1)
    .Select(code => code.Key)
    .ToHashSet(StringComparer.Ordinal);
var rows = territories
    .Select(territory => (
        Code: int.Parse(Required(territory, "countryCode"), CultureInfo.InvariantCulture),
        IsMain: territory.Attribute("mainCountryForCode") is not null,
        Region: Required(territory, "id"),
        Territory: territory))
    .OrderBy(row => row.Code)
    .ThenByDescending(row => row.IsMain)
    .ThenBy(row => row.Region, StringComparer.Ordinal)
    .Select(row => string.Join('\t', row.Code, row.Region, Lengths(row.Territory), Prefix(row.Territory), Transform(row.Territory), Pattern(row.Territory), Own(row.Territory)));

var header = $"""
    # The world's telephone numbering plan: what a number needs to be read and brought to E.164 form.
    # Facts of ITU-T E.164 as collected in libphonenumber {release} (PhoneNumberMetadata.xml, Copyright The Libphonenumber
    # Authors, Apache License 2.0); made by eng/NumberingPlan/generate.cs, not by hand.
    # By calling code; a code's first region is the one its numbers are read as. 001 stands for no region in particular.
    # A dash is an empty field; prefix and pattern are regular expressions, the transform replaces what the prefix matched.
    # The last field tells a region's numbers from those of the others that share its code.
    # code	region	lengths of a national number	national prefix	transform	pattern of a national number	how its own numbers begin
    """;
File.WriteAllText(destination, string.Join('\n', [header.ReplaceLineEndings("\n"), .. rows]) + "\n", new UTF8Encoding(false));
return 0;

static string Required(XElement territory, string attribute) =>
    territory.Attribute(attribute)?.Value ?? throw new InvalidDataException($"A territory has no {attribute}.");

static string Optional(string? text) =>
    string.IsNullOrEmpty(text) ? "-" : Regex.Replace(text, @"\s", "", RegexOptions.NonBacktracking);

static string Prefix(XElement territory) =>
    Optional((territory.Attribute("nationalPrefixForParsing") ?? territory.Attribute("nationalPrefix"))?.Value);

static string Transform(XElement territory) => Optional(territory.Attribute("nationalPrefixTransformRule")?.Value);

static string Pattern(XElement territory) => Optional(territory.Element("generalDesc")?.Element("nationalNumberPattern")?.Value);

// As libphonenumber finds the region of a number: by its first digits where they say it, else as a number of any kind that the region has.
string Own(XElement territory)
{
    if (!shared.Contains(Required(territory, "countryCode")))
    {
        return "-";
    }

    var kinds = territory.Elements().Where(kind => Array.IndexOf(KindsOfNumbers(), kind.Name.LocalName) >= 0);
    var patterns = kinds.Elements("nationalNumberPattern").Select(pattern => Optional(pattern.Value)).Distinct(StringComparer.Ordinal);
    return territory.Attribute("leadingDigits") is { } leading ? Optional(leading.Value) : $"(?:{string.Join('|', patterns)})$";
}

static string[] KindsOfNumbers() =>
    ["fixedLine", "mobile", "tollFree", "premiumRate", "sharedCost", "voip", "personalNumber", "pager", "uan", "voicemail"];

// Every kind of number counts but those that cannot be dialled from abroad; lengths that work only within a town are left out.
static string Lengths(XElement territory)
{
    var lengths = territory.Elements()
        .Where(kind => kind.Name != "noInternationalDialling")
        .Elements("possibleLengths")
        .SelectMany(possible => Expand(possible.Attribute("national")!.Value))
        .ToHashSet();
    return string.Join(',', lengths.Order().Where(first => !lengths.Contains(first - 1)).Select(first =>
    {
        var last = first;
        while (lengths.Contains(last + 1))
        {
            last++;
        }

        return first == last ? $"{first}" : $"{first}-{last}";
    }));
}

// "5,[7-9]" is 5, 7, 8, 9.
static IEnumerable<int> Expand(string lengths) => lengths.Split(',').SelectMany(part =>
{
    var bounds = part.Trim('[', ']').Split('-').Select(bound => int.Parse(bound, CultureInfo.InvariantCulture)).ToArray();
    return Enumerable.Range(bounds[0], bounds[^1] - bounds[0] + 1);
});
