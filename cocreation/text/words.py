"""Words that search treats apart. All are written folded (`spelling.fold`)."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words that carry no meaning of their own.
_ARABIC_STOP = _set(
    """
    في من الي علي عن مع هذا هذه ذلك تلك هولاء التي الذي الذين اللذين اللواتي هو هي هم هن انا نحن انت
    ان انه انها انهم كان كانت يكون تكون كل كما كذلك لكن او ام ثم قد لقد لا لم لن ما ماذا هل اذا لو حيث حين
    عند عندما بعد قبل بين خلال عبر حول دون ضد نحو منذ حتي الا غير سوي اي ايه بعض جميع كافه وفق حسب
    به بها بهم فيه فيها منه منها عليه عليها اليها له لها لهم لهن لدي ضمن تم يتم هنا هناك ايضا فقط
    مثل بما مما فيما لما كي لكي ليس ليست لانه لان وذلك
    """
)
# "And" is written together with what follows. اليه may be آلية, a mechanism, and والي a governor.
ARABIC_STOP = _ARABIC_STOP | {"و" + word for word in _ARABIC_STOP} - {"والي"}

LATIN_STOP = _set(
    """
    le la les un une des du de au aux et ou ni mais donc car que qui quoi dont ce cet cette ces il elle ils
    elles on nous vous je tu se sa son ses leur leurs mon ma mes notre nos votre vos ne pas plus par pour sur
    sous dans en avec sans entre vers chez est sont etre ete etait sera seront avoir ont avait comme si ainsi
    tout tous toute toutes aussi tres qu afin lors selon
    the an and or but nor of to in on at by for from with without into over under as is are was were be been
    being has have had do does did will would shall should can could may might must it its this that these
    those there their they them he she his her we our you your not no so than then if which who whom whose
    what when where how all any each
    """
)

FRENCH_STOP = _set(
    "le la les des du de aux et que qui ce cette ces nous vous ne pas par pour sur dans avec est sont une un "
    "il elle leur leurs au entre plus être à où"
)
ENGLISH_STOP = _set(
    "the and of to in for with is are was be by from that this these it we our not on should must their they "
    "as at have has will would can there"
)

# Words whose first letters are their own, not an article: التزام a commitment, آلية a mechanism,
# إلكتروني electronic, إلغاء, التماس, التحاق, التقائية, لجنة after ل.
OWN_ARTICLE = (
    "التزام", "الكترون", "اليه", "اليات", "اليتها", "الغاء", "التماس", "التحاق", "التقاء", "التقايي",
)  # fmt: skip
CONTRACTED = {"للجن": "لجن", "للجان": "لجان", "للغه": "لغه", "للغات": "لغات", "للقاء": "لقاء"}

# Words without article and some endings that mean one word but do not look it: other derivations,
# broken plurals. The value is the stem.
ARABIC_STEMS = {
    "منفتح": "مفتوح",  # الحكومة المنفتحة, البيانات المفتوحة
    "انفتاح": "مفتوح",
    "قوان": "قان",  # قوانين
    "لجان": "لجن",
    "اليه": "اليه",  # آلية; taken further it would begin like every article
    "اليات": "اليه",
    "الي": "والي",  # الوالي
    "حقوق": "حق",
    "مشاريع": "مشروع",
    "برامج": "برنامج",
    "مجالس": "مجلس",
    "مراسيم": "مرسوم",
    "اقاليم": "اقليم",
    "مقالع": "مقلع",
    "مبادي": "مبدا",
    "تدابير": "تدبير",
    "حلول": "حل",
    "اوراش": "رش",  # ورشات
    "وثايق": "ثيق",  # وثائق
    "ثايق": "ثيق",
}

# Latin words that the two stemmers would leave apart, and stems that they would cut too far:
# "comm" would also begin every "commune".
LATIN_WORDS = {"acces": "access", "publique": "public", "publiques": "public"}
LATIN_STEMS = frozenset(("access", "commit", "digit", "donne"))
