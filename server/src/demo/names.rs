//! Names, streets, towns and cars to draw from.

pub(super) const FRENCH_FIRST: [&str; 40] = [
    "Amélie", "Benoît", "Camille", "Chantal", "Chloé", "Denis", "Élise", "Émile", "Étienne", "Florence", "François", "Gabriel",
    "Geneviève", "Guylaine", "Hélène", "Hugo", "Isabelle", "Jean-François", "Jérôme", "Josée", "Julien", "Karine", "Léa",
    "Louis", "Luc", "Manon", "Marc-André", "Marie-Ève", "Mathilde", "Maxime", "Mélanie", "Nathalie", "Noémie", "Olivier",
    "Pascale", "Raphaël", "Rémi", "Sébastien", "Sylvie", "Zoé",
];

pub(super) const FRENCH_LAST: [&str; 40] = [
    "Beauchamp", "Beaulieu", "Bédard", "Bélanger", "Bergeron", "Bouchard", "Boucher", "Caron", "Cloutier", "Côté", "Desjardins",
    "Dubé", "Fortin", "Fournier", "Gagné", "Gagnon", "Gauthier", "Girard", "Hébert", "Lachance", "Lapointe", "Lavoie", "Leblanc",
    "Lefebvre", "Lévesque", "Martel", "Morin", "Nadeau", "Ouellet", "Paquette", "Pelletier", "Perreault", "Poirier", "Poulin",
    "Roy", "Simard", "St-Pierre", "Thibault", "Tremblay", "Villeneuve",
];

pub(super) const ENGLISH_FIRST: [&str; 30] = [
    "Aisha", "Alan", "Amir", "Beth", "Carlos", "Daniel", "Deepa", "Emily", "Fatima", "George", "Grace", "Hannah", "Ian", "James",
    "Jin", "Karen", "Kevin", "Linda", "Mai", "Megan", "Mohammed", "Nadia", "Oliver", "Priya", "Rosa", "Samuel", "Sofia", "Thomas",
    "Victor", "Wei",
];

pub(super) const ENGLISH_LAST: [&str; 30] = [
    "Ahmed", "Anderson", "Bianchi", "Brown", "Campbell", "Chen", "Cohen", "D'Souza", "Evans", "Fraser", "Garcia", "Haddad",
    "Ivanov", "Kaur", "Kim", "Lopez", "MacDonald", "Miller", "Nguyen", "O'Brien", "Okafor", "Patel", "Pereira", "Reid", "Rossi",
    "Singh", "Smith", "Tran", "Wilson", "Wong",
];

/// City, region, first half of its postal codes.
pub(super) const TOWNS: [(&str, &str, &str); 10] = [
    ("Montréal", "QC", "H2J"),
    ("Montréal", "QC", "H3W"),
    ("Laval", "QC", "H7N"),
    ("Longueuil", "QC", "J4K"),
    ("Terrebonne", "QC", "J6W"),
    ("Brossard", "QC", "J4Z"),
    ("Saint-Jérôme", "QC", "J7Z"),
    ("Gatineau", "QC", "J8X"),
    ("Ottawa", "ON", "K1N"),
    ("Cornwall", "ON", "K6J"),
];

pub(super) const STREETS: [&str; 16] = [
    "rue Saint-Denis", "avenue du Mont-Royal", "rue Rachel Est", "boulevard des Laurentides", "rue Principale",
    "chemin de Chambly", "rue des Érables", "avenue Van Horne", "boulevard Taschereau", "rue Notre-Dame Ouest", "Main Street",
    "Sherbrooke Street West", "Queen Mary Road", "King Street", "rue de la Montagne", "montée Masson",
];

pub(super) const COMPANIES: [&str; 12] = [
    "Boulangerie Au Pain Doré", "Plomberie Lavoie", "Taxi Coop Laval", "Déneigement Nord", "Bright Dental Clinic",
    "Maple Landscaping", "Traiteur Chez Rosa", "Électricité Gagné", "École de conduite Zénith", "Kim's Florist",
    "Transport Desjardins", "Rossi Tile & Stone",
];

/// Area codes around the shop.
pub(super) const AREAS: [u32; 8] = [514, 438, 450, 579, 819, 873, 613, 343];

pub(super) const VEHICLES: [&str; 20] = [
    "Toyota Corolla", "Honda Civic", "Mazda CX-5", "Hyundai Elantra", "Kia Sportage", "Ford F-150", "Nissan Rogue",
    "Subaru Outback", "Volkswagen Golf", "Chevrolet Bolt", "Toyota RAV4", "Honda CR-V", "Mitsubishi Outlander", "Tesla Model 3",
    "GMC Sierra", "Jeep Wrangler", "Ram 1500", "Volvo XC40", "Hyundai Kona", "Mazda 3",
];

pub(super) const NOTES: [&str; 8] = [
    "Préfère être appelé après 17 h.",
    "Keeps winter tires with us.",
    "Pneus d’hiver entreposés, rangée 12.",
    "Always asks for the same mechanic, Paul.",
    "Paie par virement.",
    "Brings two cars every spring.\nThe second one is his daughter’s.",
    "A demandé une soumission pour l’antirouille.",
    "Courtesy car needed.",
];
